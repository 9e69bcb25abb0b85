/** Vault's HTTP API as far as setting up needs it: one request, and its errors as messages. */

export interface VaultConnection {
  address: string;
  token?: string;
}

/** A status that Vault does not use for success, with what it said. */
export class VaultRefusal extends Error {
  readonly status: number;

  constructor(request: string, status: number, errors: string[]) {
    super(`Vault answered ${request} with ${status}${errors.length === 0 ? '' : `: ${errors.join('; ')}`}`);
    this.status = status;
  }
}

const ANSWER_TIMEOUT_MS = 30_000;

/** The parsed body, an empty object where there is none. Paths as in the API documentation, without `/v1/`. */
export async function askVault(
  { address, token }: VaultConnection,
  method: 'GET' | 'POST' | 'PUT' | 'LIST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${address}/v1/${path}`, {
    method,
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    headers: { 'X-Vault-Request': 'true', ...(token === undefined ? {} : { 'X-Vault-Token': token }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  if (response.ok) return answer;
  throw new VaultRefusal(
    `${method} ${path}`,
    response.status,
    Array.isArray(answer.errors) ? answer.errors.map(String) : [],
  );
}
