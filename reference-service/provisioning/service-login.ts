/** The service's login to Vault: an AppRole, its role id, and a secret id that is replaced only when Vault does not know it. */
import { z } from 'zod';
import { VaultError } from '../vault/vault-http.ts';
import type { ProvisioningContext } from './provisioning-context.ts';
import { secretNames } from './secret-names.ts';
import type { VaultOperator } from './vault-operator.ts';

/** Name of the AppRole and of its policy. */
export const serviceRole = 'alphapulse';

const rolePath = `auth/approle/role/${serviceRole}`;
const roleIdSchema = z.object({ data: z.object({ role_id: z.string() }) });
const secretIdSchema = z.object({ data: z.object({ secret_id: z.string() }) });

/** Returns whether a new secret id had to be made. */
export async function makeServiceLogin({ tree }: ProvisioningContext, vault: VaultOperator): Promise<boolean> {
  tree.requireWritable('service');
  await vault.ask('POST', rolePath, {
    token_policies: [serviceRole],
    token_no_default_policy: true,
    token_ttl: '1h',
    token_max_ttl: '24h',
  });
  const role = roleIdSchema.parse(await vault.ask('GET', `${rolePath}/role-id`));
  tree.write(secretNames.vaultRoleId, role.data.role_id);
  const known = tree.read(secretNames.vaultSecretId);
  if (known !== null && (await isSecretId(vault, known))) return false;
  const secret = secretIdSchema.parse(await vault.ask('POST', `${rolePath}/secret-id`, {}));
  tree.write(secretNames.vaultSecretId, secret.data.secret_id);
  return true;
}

/** Vault answers without a body when it does not know the secret id, or 404 (Vault API, AppRole, "Read AppRole secret ID"). */
async function isSecretId(vault: VaultOperator, secretId: string): Promise<boolean> {
  try {
    return (await vault.ask('POST', `${rolePath}/secret-id/lookup`, { secret_id: secretId })) !== null;
  } catch (error) {
    if (error instanceof VaultError && error.failure === 'missing') return false;
    throw error;
  }
}
