/** The manifest: what was generated and what belongs to whom. A file, read by the k6 scripts and by the harness. */
import { createHash, randomUUID } from 'node:crypto';
import { access, constants, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writingTo } from './output-error.ts';
import { tiers } from './plan/tiers.ts';
import { tableNames } from './text/tables.ts';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const sampleSchema = z.array(z.uuid()).min(1);

const manifestTenantSchema = z.strictObject({
  id: z.uuid(),
  slug: z.string().regex(/^t\d{5}-[a-z]+$/),
  tier: z.enum(tiers),
  canary: z.string().regex(/^cnry_[0-9a-f]{12}$/),
  users: z
    .array(z.strictObject({ id: z.uuid(), email: z.string(), role: z.enum(['admin', 'trader', 'viewer']) }))
    .min(4)
    .describe('Active users; all have the demo password.'),
  samples: z.strictObject({
    portfolios: sampleSchema,
    strategies: sampleSchema,
    signals: sampleSchema,
    orders: sampleSchema,
    trades: sampleSchema,
    riskLimits: sampleSchema,
  }),
  rows: z.int().positive().describe('Over the twelve tables with tenant data.'),
  expected: z.strictObject({
    trades: z.int().positive(),
    positions: z.int().positive(),
    grossExposure: z.string().regex(/^\d+\.\d{2}$/),
  }),
  checksum: sha256Schema.describe('Over the COPY text table by table, with a placeholder for the password hash.'),
});
export type ManifestTenant = z.infer<typeof manifestTenantSchema>;

export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  seed: z.string(),
  tenantCount: z.int().positive(),
  rowsPerTenant: z.int().positive().describe('As asked for: the mean.'),
  rows: z.int().positive().describe('Of all tenants, without the shared tables.'),
  rowsByTable: z.record(z.enum(tableNames), z.int().nonnegative()),
  checksum: sha256Schema.describe('Over the tenants’ checksums in order, as hexadecimal text without separators.'),
  sharedChecksum: sha256Schema.describe('Over the COPY text of instruments and prices.'),
  anchorDay: z.string().describe('Day of the last close.'),
  demoPassword: z.string(),
  symbols: z.array(z.string()).min(1),
  tenants: z.array(manifestTenantSchema).min(1),
});
export type Manifest = z.infer<typeof manifestSchema>;

export function combineChecksums(tenants: readonly { checksum: string }[]): string {
  const hash = createHash('sha256');
  for (const { checksum } of tenants) hash.update(checksum);
  return hash.digest('hex');
}

/** Fails now rather than after a long load, if the manifest could not be written. */
export async function prepareManifest(path: string): Promise<void> {
  await writingTo(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await access(dirname(path), constants.W_OK);
    const existing = await stat(path).catch(() => null);
    if (existing?.isDirectory() === true) throw new Error('it is a folder');
  });
}

/** Whole or not at all: written beside its place, then renamed. */
export async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifestSchema.parse(manifest))}\n`;
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  await writingTo(path, async () => {
    try {
      await writeFile(beside, text);
      await rename(beside, path);
    } finally {
      await rm(beside, { force: true });
    }
  });
}

/** A manifest that no longer tells what the database holds is worse than none. */
export async function removeManifest(path: string): Promise<void> {
  await rm(path, { force: true });
}
