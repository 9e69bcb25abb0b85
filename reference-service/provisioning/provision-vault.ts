/** Fills Vault with what the service needs: mounts, policy, token role, the session key pair, and a login. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openVault, type VaultOpening } from './open-vault.ts';
import type { ProvisioningContext } from './provisioning-context.ts';
import { secretNames } from './secret-names.ts';
import { talkingTo } from './server-refusal.ts';
import { makeServiceLogin, serviceRole } from './service-login.ts';
import { makeSessionKey } from './session-key.ts';
import { createVaultOperator, vaultName, type VaultOperator } from './vault-operator.ts';

export interface VaultChanges extends VaultOpening {
  mounted: string[];
  /** Whether a session key pair, and a secret id of the service, had to be made. */
  sessionKey: boolean;
  secretId: boolean;
}

export async function provisionVault(context: ProvisioningContext): Promise<VaultChanges> {
  return talkingTo(vaultName(context), async () => {
    const opening = await openVault(context);
    const vault = createVaultOperator(context, context.tree.require(secretNames.vaultRootToken, 'vault'));
    const policyFile = (name: string): string => readFileSync(join(context.serviceDirectory, 'vault', name), 'utf8');
    const [mounted] = await Promise.all([
      mountEngines(vault),
      vault.ask('POST', `sys/policies/acl/${serviceRole}`, { policy: policyFile('service.hcl') }),
      vault.ask('POST', 'auth/token/roles/tenant', JSON.parse(policyFile('tenant-token-role.json'))),
    ]);
    const [sessionKey, secretId] = await Promise.all([makeSessionKey(vault), makeServiceLogin(context, vault)]);
    return { ...opening, mounted, sessionKey, secretId };
  });
}

const engines = [
  { list: 'sys/mounts', name: 'kv', type: 'kv', options: { version: '2' } },
  { list: 'sys/mounts', name: 'transit', type: 'transit' },
  { list: 'sys/auth', name: 'approle', type: 'approle' },
];

const mountsSchema = z.object({
  data: z.record(z.string(), z.object({ type: z.string(), options: z.record(z.string(), z.string()).nullish() })),
});

/** Returns those that were missing. */
async function mountEngines(vault: VaultOperator): Promise<string[]> {
  const mounted = await Promise.all(
    engines.map(async ({ list, name, type, options }) => {
      const { data } = mountsSchema.parse(await vault.ask('GET', list));
      const found = data[`${name}/`];
      if (found === undefined) {
        await vault.ask('POST', `${list}/${name}`, { type, ...(options === undefined ? {} : { options }) });
        return [name];
      }
      if (found.type === type && (options === undefined || found.options?.['version'] === options.version)) return [];
      throw new Error(`${list}/${name} is there, but it is ${JSON.stringify(found)}, not ${type}`);
    }),
  );
  return mounted.flat();
}
