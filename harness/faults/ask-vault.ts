/** One request to Vault's HTTP API with the root token: faults are planted and undone by its own interface. */
import type { System } from '../model/system.ts';
import type { VaultRequest } from '../model/mutant.ts';

const ANSWER_TIMEOUT_MS = 30_000;

/** The parsed body, null where there is none or nothing to read (404). Throws with what Vault said where it refuses. */
export async function askVault({ vault }: System, { method, path, body }: VaultRequest): Promise<unknown> {
  const response = await fetch(`${vault.address}/v1/${path}`, {
    method,
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    headers: { 'X-Vault-Request': 'true', 'X-Vault-Token': vault.rootToken },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status === 404 && (method === 'GET' || method === 'LIST')) return null;
  if (!response.ok) throw new Error(`Vault answered ${method} ${path} with ${response.status}: ${text.trim()}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
}
