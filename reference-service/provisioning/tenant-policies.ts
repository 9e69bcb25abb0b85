/** A Vault policy for each tenant, from the service's own template. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProvisioningContext } from './provisioning-context.ts';
import { secretNames } from './secret-names.ts';
import { talkingTo } from './server-refusal.ts';
import { createVaultOperator, vaultName } from './vault-operator.ts';

/** Raft puts up to this many entries into one write to the disk (`MaxAppendEntries` of its configuration, in Vault's log). */
const policiesInFlight = 64;

/** Returns how many there are. */
export async function writeTenantPolicies(context: ProvisioningContext, tenantIds: string[]): Promise<number> {
  const template = readFileSync(join(context.serviceDirectory, 'vault', 'tenant.hcl'), 'utf8');
  const vault = createVaultOperator(context, context.tree.require(secretNames.vaultRootToken, 'vault'));
  const waiting = tenantIds.values();
  const work = async (): Promise<void> => {
    for (const id of waiting) {
      const policy = template.replaceAll('{{tenant_id}}', id);
      await vault.ask('POST', `sys/policies/acl/tenant-${id}`, { policy });
    }
  };
  await talkingTo(vaultName(context), () => Promise.all(Array.from({ length: policiesInFlight }, work)));
  return tenantIds.length;
}
