/** Vault's HTTP API with the operator's token, as far as provisioning needs it. */
import { createVaultHttp } from '../vault/vault-http.ts';
import type { ProvisioningContext } from './provisioning-context.ts';

/** Raft waits for the disk, and a freshly unsealed Vault for its election: longer than a service would. */
const answerTimeoutMs = 30_000;

export interface VaultOperator {
  /** Paths as in the API documentation, without `/v1/`. Throws a VaultError. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
}

/** `token` is absent as long as there is none: for what needs no login (initialising, unsealing, health). */
export function createVaultOperator({ settings }: ProvisioningContext, token?: string): VaultOperator {
  const http = createVaultHttp({ address: settings.VAULT_ADDR, timeoutMs: answerTimeoutMs });
  return {
    ask: (method, path, body) =>
      http.request(method, path, {
        ...(token === undefined ? {} : { token }),
        ...(body === undefined ? {} : { body }),
      }),
  };
}

/** How messages name it. */
export const vaultName = ({ settings }: ProvisioningContext): string => `Vault at ${settings.VAULT_ADDR}`;
