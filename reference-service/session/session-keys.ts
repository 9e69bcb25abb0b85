/** The key pairs that sign sessions: read from Vault, kept in memory, replaced when Vault has a new one. */
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { VaultHttp } from '../vault/vault-http.ts';
import type { ServiceToken } from '../vault/service-token.ts';

const jwtKeyPath = 'kv/data/service/jwt';
const refreshIntervalMs = 60_000;

const keySchema = z.object({
  data: z.object({
    data: z.object({ privateKeyPem: z.string(), publicKeyPem: z.string(), kid: z.string().min(1) }),
  }),
});
export type SessionKey = z.infer<typeof keySchema>['data']['data'];

export interface SessionKeys {
  /** Signs new sessions. */
  current(): SessionKey;
  /** The public key of an id, or null when no key of ours has that id. */
  publicKey(kid: string): string | null;
  stop(): void;
}

interface Dependencies {
  vault: VaultHttp;
  token: ServiceToken;
  /** Sessions of a replaced key are honoured until the last of them has expired. */
  sessionSeconds: number;
  log: FastifyBaseLogger;
}

/** Reads the key once, so that what follows never waits on Vault; then looks for a new one every minute. */
export async function loadSessionKeys({ vault, token, sessionSeconds, log }: Dependencies): Promise<SessionKeys> {
  const read = async (): Promise<SessionKey> => {
    const answer = await vault.request('GET', jwtKeyPath, { token: token.current() });
    return keySchema.parse(answer).data.data;
  };
  let current = await read();
  const publicKeys = new Map([[current.kid, current.publicKeyPem]]);

  const refresh = async (): Promise<void> => {
    const latest = await read();
    if (latest.kid === current.kid) return;
    const retired = current.kid;
    publicKeys.set(latest.kid, latest.publicKeyPem);
    current = latest;
    setTimeout(() => publicKeys.delete(retired), sessionSeconds * 1000).unref();
    log.info({ kid: latest.kid }, 'sessions are signed with a new key');
  };
  const timer = setInterval(() => {
    refresh().catch((error: unknown) =>
      log.warn({ err: error }, 'the session key could not be read; the last one stays'),
    );
  }, refreshIntervalMs);
  timer.unref();

  return { current: () => current, publicKey: (kid) => publicKeys.get(kid) ?? null, stop: () => clearInterval(timer) };
}
