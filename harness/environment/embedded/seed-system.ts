/** Replaces the data of a system: the seeder's rows, then each tenant's policy in Vault, and nothing that services have cached. */
import type { Manifest } from '../../model/manifest.ts';
import type { System } from '../../model/system.ts';
import type { SeedOptions } from '../environment-driver.ts';
import { interruption } from '../processes/interruption.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { flushTenantKeys } from './redis-server.ts';
import { seedDatabase } from './seed-database.ts';
import { writeTenantPolicies } from './vault-setup.ts';

export async function seedSystem(folder: SystemFolder, system: System, options: SeedOptions): Promise<Manifest> {
  const manifest = await seedDatabase(folder, system, options);
  const { vault, redis } = system;
  const tenantIds = manifest.tenants.map(({ id }) => id);
  try {
    await Promise.all([
      flushTenantKeys({ port: redis.port, password: redis.adminPassword }),
      writeTenantPolicies({ address: vault.address, token: vault.rootToken }, tenantIds, options.signal),
    ]);
  } catch (error) {
    if (options.signal.aborted) throw interruption(options.signal, 'tenants were being set up in Vault');
    throw error;
  }
  return manifest;
}
