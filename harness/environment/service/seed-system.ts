/** Replaces the data of a system: the seeder's rows, then each tenant's policy in Vault, and nothing that services have cached. */
import type { Manifest } from '../../model/manifest.ts';
import type { System } from '../../model/system.ts';
import type { SeedOptions } from '../environment-driver.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { databaseAddress, redisAddress, runProvision, vaultAddress } from './run-provision.ts';
import { seedDatabase } from './seed-database.ts';

/** The folder holds the administrators' secrets of the system, wherever that runs. */
export async function seedSystem(folder: SystemFolder, system: System, options: SeedOptions): Promise<Manifest> {
  const manifest = await seedDatabase(folder, system, options);
  const servers = { ...databaseAddress(system.postgres), ...redisAddress(system.redis), ...vaultAddress(system.vault) };
  await runProvision(folder, { command: 'tenants', servers, failure: 'SEED_FAILED', signal: options.signal });
  return manifest;
}
