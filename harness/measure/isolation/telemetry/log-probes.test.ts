/** What is said of a log that holds what a request carried, that holds nothing of it, and that cannot be read. */
import { describe, expect, it } from 'vitest';
import { type Provoked, probeLogs } from './log-probes.ts';
import type { LogSource, LogSources } from './log-source.ts';

const { signal } = new AbortController();
const password = 'a-password-of-nobody';
const provoked: Provoked = {
  what: 'the password of a refused login',
  request: { path: '/' },
  secrets: ['sgnf0123456789'],
  requestId: 'signoff-probe-aa-001',
  status: 401,
};

const logOf = (name: string, text: string, hasLines = true): LogSource => ({
  name,
  read: () => Promise.resolve(text),
  hasLines: () => Promise.resolve(hasLines),
});
const line = (more = ''): string => `{"requestId":"signoff-probe-aa-001","status":401${more}}\n`;

async function lookAt(sources: LogSources | null): Promise<Map<string, string>> {
  const looks = await probeLogs(sources, [provoked], password, signal);
  return new Map(looks.map(({ kind, probe, outcome }) => [`${kind} ${probe}`, outcome]));
}

const probe = 'logs: the password of a refused login';

describe('probeLogs', () => {
  it('passes a log with the line of the request and nothing of what it carried', async () => {
    const looks = await lookAt({ service: logOf('service', line()), servers: [logOf('postgres', 'ERROR: no')] });
    expect(new Set(looks.values())).toEqual(new Set(['ok']));
    expect(looks.get(`control ${probe}`)).toBe('ok');
  });

  it('finds what the request carried, in the log of the service and in that of a server', async () => {
    const text = line(',"received":"sgnf0123456789"');
    const looks = await lookAt({ service: logOf('service', text), servers: [logOf('postgres', 'sgnf0123456789')] });
    expect(looks.get(`probe ${probe}`)).toBe('violation');
    expect(looks.get('probe logs: what requests carried, in the log of postgres')).toBe('violation');
  });

  it.each([
    ['in base64, with something behind it', Buffer.from('sgnf0123456789a').toString('base64')],
    ['of a tenant', 'DETAIL: Key (email)=(admin@t00001-rationale.example) already exists.'],
    ['a password', `ERROR: ${password}`],
  ])('finds in the log of a server what is there: %s', async (_what, text) => {
    const looks = await lookAt({ service: logOf('service', line()), servers: [logOf('vault', text)] });
    expect(looks.get('probe logs: what requests carried, in the log of vault')).toBe('violation');
  });

  it('says nothing of a server that has never written into its log', async () => {
    const looks = await lookAt({ service: logOf('service', line()), servers: [logOf('vault', '', false)] });
    expect(looks.get('probe logs: what requests carried, in the log of vault')).toBe('undecided');
    expect(looks.get('control logs: what requests carried, in the log of vault')).toBe('undecided');
  });

  it('finds a password that others log in with', async () => {
    const looks = await lookAt({ service: logOf('service', line(`,"received":"${password}"`)), servers: [] });
    expect(looks.get("probe logs: a password in the service's log")).toBe('violation');
  });

  it('says nothing where there is no log', async () => {
    expect(new Set((await lookAt(null)).values())).toEqual(new Set(['undecided']));
  });
});
