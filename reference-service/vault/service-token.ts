/** The service's own Vault token: from an AppRole login, renewed well before it expires, replaced when it cannot be. */
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { VaultError, type VaultHttp } from './vault-http.ts';

const retryMs = 2000;
/** Part of a token's life after which it is renewed at the latest: more attempts fit before it ends. */
const renewalShare = 0.6;
/** Renewed at least this often, so that a token that was revoked is noticed, and replaced, within a minute. */
const longestRenewalMs = 60_000;

const authSchema = z.object({
  auth: z.object({ client_token: z.string(), lease_duration: z.number(), renewable: z.boolean() }),
});
type Auth = z.infer<typeof authSchema>['auth'];

function renewalDelayMs(auth: Auth): number {
  return Math.min(auth.lease_duration * 1000 * renewalShare, longestRenewalMs);
}

export interface ServiceToken {
  current(): string;
  stop(): void;
}

interface Dependencies {
  vault: VaultHttp;
  roleId: string;
  secretId: string;
  log: FastifyBaseLogger;
  /** Called when a new login replaced the token: what was derived from the old one dies with it. */
  onReplaced: () => void;
}

/** Logs in, and keeps the token alive until it is stopped. Throws when the first login fails. */
export async function startServiceToken({
  vault,
  roleId,
  secretId,
  log,
  onReplaced,
}: Dependencies): Promise<ServiceToken> {
  const logIn = async (): Promise<Auth> => {
    const body = { role_id: roleId, secret_id: secretId };
    return authSchema.parse(await vault.request('POST', 'auth/approle/login', { body })).auth;
  };
  let auth = await logIn();
  let timer: NodeJS.Timeout;

  async function renewOrReplace(): Promise<void> {
    try {
      const renewed = await vault.request('POST', 'auth/token/renew-self', { token: auth.client_token, body: {} });
      const { lease_duration: leaseSeconds } = authSchema.parse(renewed).auth;
      // Near its maximum life a token is renewed for less and less: time for a new one.
      if (leaseSeconds > auth.lease_duration / 2) return;
    } catch (error) {
      if (!(error instanceof VaultError) || error.failure !== 'denied') throw error;
    }
    auth = await logIn();
    onReplaced();
    log.info('logged in to vault again');
  }

  function schedule(delayMs: number): void {
    timer = setTimeout(() => {
      renewOrReplace().then(
        () => schedule(renewalDelayMs(auth)),
        (error: unknown) => {
          log.warn({ err: error }, 'the vault token could not be renewed; trying again');
          schedule(retryMs);
        },
      );
    }, delayMs);
    timer.unref();
  }
  schedule(renewalDelayMs(auth));

  return { current: () => auth.client_token, stop: () => clearTimeout(timer) };
}
