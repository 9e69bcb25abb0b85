/** Fills a fresh Vault with what the service needs: mounts, policies, the session key pair, and an AppRole to log in with. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { SystemFolder } from '../state/system-folder.ts';
import { serviceFolder } from './service-program.ts';
import { askVault, VaultRefusal, type VaultConnection } from './vault-client.ts';

export const vaultRoleIdSecret = 'vault-role-id';
export const vaultSecretIdSecret = 'vault-secret-id';

const serviceRole = 'alphapulse';

const policyText = (name: string): string => readFileSync(path.join(serviceFolder, 'vault', name), 'utf8');

export async function setUpVault(folder: SystemFolder, vault: VaultConnection): Promise<void> {
  await Promise.all([
    askVault(vault, 'POST', 'sys/mounts/kv', { type: 'kv', options: { version: '2' } }),
    askVault(vault, 'POST', 'sys/mounts/transit', { type: 'transit' }),
    askVault(vault, 'POST', 'sys/auth/approle', { type: 'approle' }),
    askVault(vault, 'PUT', `sys/policies/acl/${serviceRole}`, { policy: policyText('service.hcl') }),
    askVault(vault, 'POST', 'auth/token/roles/tenant', JSON.parse(policyText('tenant-token-role.json'))),
  ]);
  await Promise.all([writeSessionKey(vault), makeServiceLogin(folder, vault)]);
}

/** Ed25519 (RFC 8037): the algorithm EdDSA of the sessions' JWTs. */
async function writeSessionKey(vault: VaultConnection): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const data = { privateKeyPem: privateKey, publicKeyPem: publicKey, kid: randomUUID() };
  await whenUpgraded(() => askVault(vault, 'POST', 'kv/data/service/jwt', { data }));
}

const LOOK_EVERY_MS = 25;
const UPGRADE_TIMEOUT_MS = 10_000;

/** A new version 2 mount answers 400 "Upgrading from non-versioned to versioned data" for some moments (Vault, KV v2). */
async function whenUpgraded(action: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + UPGRADE_TIMEOUT_MS;
  for (;;) {
    try {
      await action();
      return;
    } catch (error) {
      const upgrading = error instanceof VaultRefusal && error.message.includes('Upgrading');
      if (!upgrading || performance.now() > deadline) throw error;
      await pause(LOOK_EVERY_MS);
    }
  }
}

const roleIdSchema = z.object({ data: z.object({ role_id: z.string() }) });
const secretIdSchema = z.object({ data: z.object({ secret_id: z.string() }) });

async function makeServiceLogin(folder: SystemFolder, vault: VaultConnection): Promise<void> {
  await askVault(vault, 'POST', `auth/approle/role/${serviceRole}`, {
    token_policies: [serviceRole],
    token_no_default_policy: true,
    token_ttl: '1h',
    token_max_ttl: '24h',
  });
  const role = roleIdSchema.parse(await askVault(vault, 'GET', `auth/approle/role/${serviceRole}/role-id`));
  const secret = secretIdSchema.parse(await askVault(vault, 'POST', `auth/approle/role/${serviceRole}/secret-id`, {}));
  folder.writeServerFile(path.join('secrets', vaultRoleIdSecret), role.data.role_id);
  folder.writeServerFile(path.join('secrets', vaultSecretIdSecret), secret.data.secret_id);
}

/** Raft puts up to this many entries into one write to the disk (`MaxAppendEntries` of its configuration, in Vault's log). */
const POLICIES_IN_FLIGHT = 64;

/** One policy per tenant, from the service's own template. */
export async function writeTenantPolicies(
  vault: VaultConnection,
  tenantIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const template = policyText('tenant.hcl');
  const waiting = tenantIds.values();
  const work = async (): Promise<void> => {
    for (const id of waiting) {
      signal.throwIfAborted();
      await askVault(vault, 'PUT', `sys/policies/acl/tenant-${id}`, {
        policy: template.replaceAll('{{tenant_id}}', id),
      });
    }
  };
  await Promise.all(Array.from({ length: POLICIES_IN_FLIGHT }, work));
}
