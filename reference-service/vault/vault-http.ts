/** Requests to Vault's HTTP API, with every failure told apart. */
import { z } from 'zod';
import type { Metrics } from '../observability/metrics.ts';

const requestTimeoutMs = 2000;
const errorsSchema = z.object({ errors: z.array(z.string()) });

/** `sealed` and `unreachable` pass by themselves; `denied` may be an expired token; `missing` is no such secret. */
export type VaultFailure = 'sealed' | 'unreachable' | 'denied' | 'missing' | 'refused';

export class VaultError extends Error {
  readonly failure: VaultFailure;

  constructor(failure: VaultFailure, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'VaultError';
    this.failure = failure;
  }
}

export interface VaultHttp {
  /** Returns the parsed answer, null when it has no body. Throws a VaultError. */
  request(method: 'GET' | 'POST', path: string, options?: { token?: string; body?: unknown }): Promise<unknown>;
}

function failureOf(status: number, errors: string[]): VaultFailure {
  if (status === 503 && errors.some((error) => error.includes('sealed'))) return 'sealed';
  if (status === 403) return 'denied';
  if (status === 404) return 'missing';
  return status >= 500 || status === 429 ? 'unreachable' : 'refused';
}

interface VaultHttpOptions {
  address: string;
  /** Told of each failure. */
  metrics?: Metrics;
  timeoutMs?: number;
}

export function createVaultHttp({ address, metrics, timeoutMs = requestTimeoutMs }: VaultHttpOptions): VaultHttp {
  async function send(method: string, path: string, options: { token?: string; body?: unknown }): Promise<Response> {
    try {
      return await fetch(new URL(`/v1/${path}`, address), {
        method,
        headers: {
          'content-type': 'application/json',
          ...(options.token === undefined ? {} : { 'x-vault-token': options.token }),
        },
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      metrics?.vaultErrors.inc({ failure: 'unreachable' });
      throw new VaultError('unreachable', 'Vault cannot be reached', { cause: error });
    }
  }

  return {
    async request(method, path, options = {}) {
      const response = await send(method, path, options);
      const text = await response.text();
      const answer: unknown = text === '' ? null : JSON.parse(text);
      if (response.ok) return answer;
      const { errors } = errorsSchema.catch({ errors: [] }).parse(answer);
      const failure = failureOf(response.status, errors);
      metrics?.vaultErrors.inc({ failure });
      throw new VaultError(failure, `Vault answered ${response.status}: ${errors.join('; ')}`);
    },
  };
}
