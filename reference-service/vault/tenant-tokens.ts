/** A Vault token per tenant that carries that tenant's policy and no other, kept until shortly before it expires. */
import { z } from 'zod';
import type { ServiceToken } from './service-token.ts';
import type { VaultHttp } from './vault-http.ts';

const ttl = '1h';
const expiryMarginMs = 60_000;

const createdSchema = z.object({ auth: z.object({ client_token: z.string(), lease_duration: z.number() }) });

export interface TenantTokens {
  get(tenantId: string): Promise<string>;
  /** Forgets a token that Vault did not accept. */
  forget(tenantId: string): void;
  forgetAll(): void;
}

export function createTenantTokens(vault: VaultHttp, serviceToken: () => ServiceToken): TenantTokens {
  const tokens = new Map<string, { token: string; expiresAtMs: number }>();
  return {
    async get(tenantId) {
      const known = tokens.get(tenantId);
      if (known !== undefined && known.expiresAtMs > Date.now()) return known.token;
      const answer = await vault.request('POST', 'auth/token/create/tenant', {
        token: serviceToken().current(),
        body: { policies: [`tenant-${tenantId}`], no_default_policy: true, ttl },
      });
      const { client_token: token, lease_duration: leaseSeconds } = createdSchema.parse(answer).auth;
      tokens.set(tenantId, { token, expiresAtMs: Date.now() + leaseSeconds * 1000 - expiryMarginMs });
      return token;
    },
    forget: (tenantId) => tokens.delete(tenantId),
    forgetAll: () => tokens.clear(),
  };
}
