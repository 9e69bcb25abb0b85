/** What every tenant of the database needs outside of it: a policy in Vault; and nothing left in Redis of earlier ones. */
import { secretNames } from './secret-names.ts';
import { withPostgres } from './postgres-connection.ts';
import { ownerRole } from './provision-database.ts';
import type { ProvisioningContext } from './provisioning-context.ts';
import { dropTenantKeys } from './tenant-keys.ts';
import { writeTenantPolicies } from './tenant-policies.ts';

export interface TenantChanges {
  tenants: number;
  droppedKeys: number;
}

export async function provisionTenants(context: ProvisioningContext): Promise<TenantChanges> {
  const [tenants, droppedKeys] = await Promise.all([
    listTenants(context).then((ids) => writeTenantPolicies(context, ids)),
    dropTenantKeys(context),
  ]);
  return { tenants, droppedKeys };
}

/** As the owner: the list of tenants has no row-level security, and a superuser is not needed to read it. */
async function listTenants(context: ProvisioningContext): Promise<string[]> {
  const password = context.tree.require(secretNames.ownerPassword, 'secrets');
  const login = { user: ownerRole, password, database: context.settings.DATABASE_NAME };
  return withPostgres(context, login, async (client) => {
    const { rows } = await client.query<{ id: string }>('select id from tenants order by id');
    return rows.map(({ id }) => id);
  });
}
