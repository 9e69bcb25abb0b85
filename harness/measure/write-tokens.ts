/** Writes the file of valid and forged tokens for isolation.ts into a private folder, never into a run folder. */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestSchema } from '../model/manifest.ts';
import type { System } from '../model/system.ts';
import { type TokenHolder, forgeTokens } from './forge-tokens.ts';
import { readSigningKey } from './read-signing-key.ts';

/**
 * Reads the service's signing key from Vault and returns the path of the file, which only this user can read.
 * Rejects when there is no key or no admin.
 */
export async function writeTokens(vault: System['vault'], manifestPath: string, directory: string): Promise<string> {
  const key = await readSigningKey(vault);
  const holder = await firstAdmin(manifestPath);
  const tokens = forgeTokens(key, holder, Math.floor(Date.now() / 1_000));
  const path = join(directory, `tokens-${randomUUID()}.json`);
  await writeFile(path, JSON.stringify(tokens), { mode: 0o600, flag: 'wx' });
  return path;
}

async function firstAdmin(manifestPath: string): Promise<TokenHolder> {
  const { tenants } = manifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  for (const tenant of tenants) {
    const admin = tenant.users.find(({ role }) => role === 'admin');
    if (admin !== undefined)
      return { userId: admin.id, tenantId: tenant.id, tenantSlug: tenant.slug, role: admin.role };
  }
  throw new Error(`no tenant in ${manifestPath} has an admin`);
}
