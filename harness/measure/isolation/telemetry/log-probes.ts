/** What the provocations left in the logs of the service and of the servers behind it. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Look, asControl, asProbe } from '../look.ts';
import { findLeaks, leakForms } from './find-leaks.ts';
import type { LogSource, LogSources } from './log-source.ts';
import type { Provocation } from './provocations.ts';

export interface Provoked extends Provocation {
  /** Given with the request: its line in the log has it. */
  requestId: string;
  status: number;
}

/** Lines are written in blocks, a few times a second. */
const patienceMs = 5_000;
const lookEveryMs = 50;

/** `demoPassword`: of every seeded user; logins with it succeed all the time. */
export async function probeLogs(
  sources: LogSources | null,
  provoked: readonly Provoked[],
  demoPassword: string,
  signal: AbortSignal,
): Promise<Look[]> {
  const text = sources === null ? '' : await readUntil(sources.service, provoked.at(-1)?.requestId ?? '', signal);
  const readable = provoked.some(({ requestId }) => text.includes(requestId));
  const ofRequests = provoked.flatMap((one) => lookForSecrets(text, one, readable));
  const found = new Set([...findLeaks(text), ...(text.includes(demoPassword) ? ['a password'] : [])]);
  const ofForms = [...leakForms, 'a password'].flatMap((what): Look[] => {
    const probe = `logs: ${what} in the service's log`;
    return [
      asProbe(probe, found.has(what) ? 'violation' : readable ? 'ok' : 'undecided', unread(readable) ?? 'it was there'),
      asControl(probe, readable ? 'ok' : 'undecided', unread(readable) ?? ''),
    ];
  });
  const servers = await Promise.all(
    (sources?.servers ?? []).map((source) => lookAtServer(source, provoked, demoPassword)),
  );
  return [...ofRequests, ...ofForms, ...servers.flat()];
}

const unread = (readable: boolean): string | null => (readable ? null : 'the log of the service cannot be read here');

/** Control: the line of that very request is there, so what it carried would have been seen. */
function lookForSecrets(text: string, { what, secrets, requestId, status }: Provoked, readable: boolean): Look[] {
  const probe = `logs: ${what}`;
  const seen = secrets.some((secret) => text.includes(secret));
  const logged = text.includes(requestId);
  const outcome = seen ? 'violation' : logged ? 'ok' : 'undecided';
  const absent = unread(readable) ?? `no line of the request (status ${status})`;
  return [
    asProbe(probe, outcome, seen ? `it stands in the log (status ${status})` : absent),
    asControl(probe, logged ? 'ok' : 'undecided', absent),
  ];
}

async function readUntil(source: LogSource, marker: string, signal: AbortSignal): Promise<string> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const text = await source.read();
    if (text.includes(marker) || performance.now() > deadlineMs) return text;
    await delay(lookEveryMs, undefined, { signal });
  }
}

/**
 * Servers say little: what is looked for are the secrets that were just sent, whichever way they came there, and what has the form
 * of a tenant's data. Control: the server does write into that log.
 */
async function lookAtServer(source: LogSource, provoked: readonly Provoked[], demoPassword: string): Promise<Look[]> {
  const probe = `logs: what requests carried, in the log of ${source.name}`;
  const text = await source.read();
  const sent = provoked.filter(({ secrets }) =>
    secrets.some((secret) => text.includes(secret) || text.includes(withinBase64(secret))),
  );
  const found = [...sent.map(({ what }) => what), ...findLeaks(text)];
  if (text.includes(demoPassword)) found.push('a password');
  const written = await source.hasLines();
  return [
    asProbe(probe, found.length > 0 ? 'violation' : written ? 'ok' : 'undecided', found.slice(0, 3).join(', ')),
    asControl(probe, written ? 'ok' : 'undecided', 'there is nothing in it, not even of its start'),
  ];
}

const base64Bytes = 3;

/** Plaintexts go to Vault so. Only whole groups: what follows the secret changes the last one. */
function withinBase64(secret: string): string {
  const bytes = Buffer.from(secret);
  return bytes.subarray(0, bytes.length - (bytes.length % base64Bytes)).toString('base64');
}
