/** What a tenant keeps in Vault: secrets under its own path, and texts encrypted with its own key (AES-256-GCM). */
import { z } from 'zod';
import { ApiError } from '../errors/api-error.ts';
import type { TenantTokens } from './tenant-tokens.ts';
import { VaultError, type VaultHttp } from './vault-http.ts';

const secretSchema = z.object({ data: z.object({ data: z.record(z.string(), z.string()) }) });
const ciphertextSchema = z.object({ data: z.object({ ciphertext: z.string() }) });
const plaintextSchema = z.object({ data: z.object({ plaintext: z.string() }) });

export interface TenantVault {
  /** null when there is no such secret. */
  readSecret(tenantId: string, path: string): Promise<Record<string, string> | null>;
  writeSecret(tenantId: string, path: string, data: Record<string, string>): Promise<void>;
  /** `context` is bound to the ciphertext: it decrypts in that place only. */
  encrypt(tenantId: string, plaintext: string, context: string): Promise<string>;
  decrypt(tenantId: string, ciphertext: string, context: string): Promise<string>;
}

/** What the caller of a credential route is told. */
function toApiError(error: unknown): unknown {
  if (!(error instanceof VaultError)) return error;
  return new ApiError(error.failure === 'sealed' ? 'VAULT_SEALED' : 'VAULT_UNAVAILABLE', { cause: error });
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

export function createTenantVault(vault: VaultHttp, tokens: TenantTokens): TenantVault {
  async function attempt(tenantId: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    return vault.request(method, path, { token: await tokens.get(tenantId), ...(body === undefined ? {} : { body }) });
  }

  /** A cached token may have died with its parent: one more attempt with a new one tells that from a real refusal. */
  async function request(tenantId: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    try {
      return await attempt(tenantId, method, path, body);
    } catch (error) {
      if (!(error instanceof VaultError) || error.failure !== 'denied') throw error;
      tokens.forget(tenantId);
      return attempt(tenantId, method, path, body);
    }
  }

  const secretPath = (tenantId: string, path: string) => `kv/data/tenants/${tenantId}/${path}`;

  return {
    async readSecret(tenantId, path) {
      try {
        return secretSchema.parse(await request(tenantId, 'GET', secretPath(tenantId, path))).data.data;
      } catch (error) {
        if (error instanceof VaultError && error.failure === 'missing') return null;
        throw toApiError(error);
      }
    },
    async writeSecret(tenantId, path, data) {
      await request(tenantId, 'POST', secretPath(tenantId, path), { data }).catch(rethrow);
    },
    async encrypt(tenantId, plaintext, context) {
      const body = { plaintext: base64(plaintext), associated_data: base64(context) };
      const answer = await request(tenantId, 'POST', `transit/encrypt/tenant-${tenantId}`, body).catch(rethrow);
      return ciphertextSchema.parse(answer).data.ciphertext;
    },
    async decrypt(tenantId, ciphertext, context) {
      const body = { ciphertext, associated_data: base64(context) };
      const answer = await request(tenantId, 'POST', `transit/decrypt/tenant-${tenantId}`, body).catch(rethrow);
      return Buffer.from(plaintextSchema.parse(answer).data.plaintext, 'base64').toString('utf8');
    },
  };
}

function rethrow(error: unknown): never {
  throw toApiError(error);
}
