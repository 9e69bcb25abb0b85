/** One run: plan, generate on worker threads, hand every batch to files and database, write the manifest. */
import { buildDictionary } from './dictionary.ts';
import { CopyFiles } from './generation/copy-files.ts';
import type { GeneratedBatch } from './generation/generate-batch.ts';
import { generateInOrder } from './generation/worker-pool.ts';
import { databaseUrlWithPassword } from './database/database-url.ts';
import { loadDatabase } from './database/load-database.ts';
import { combineChecksums, prepareManifest, removeManifest, writeManifest } from './manifest.ts';
import type { Manifest, ManifestTenant } from './manifest.ts';
import { writeMarket } from './market/market-text.ts';
import type { MarketText } from './market/market-text.ts';
import { buildMarket } from './market/market.ts';
import { ANCHOR_DAY } from './market/trading-days.ts';
import { demoPassword, hashDemoPassword } from './password-hash.ts';
import { batchTenants } from './plan/batches.ts';
import { planTenants } from './plan/tenant-plans.ts';
import { createProgress } from './progress.ts';
import type { Progress, ProgressSink } from './progress.ts';
import type { Settings } from './arguments.ts';
import { sharedTableNames, tableNames } from './text/tables.ts';
import type { Table } from './text/tables.ts';
import { SeedError } from './seed-error.ts';

export interface RunRequest {
  settings: Settings;
  signal: AbortSignal;
  progress: ProgressSink;
  nowMs: () => number;
}

export interface RunSummary {
  manifest: Manifest;
  manifestPath: string;
  wallMs: number;
}

export async function runSeed({ settings, signal, progress: sink, nowMs }: RunRequest): Promise<RunSummary> {
  const startedMs = nowMs();
  const databaseUrl = await databaseUrlWithPassword(settings);
  await prepareManifest(settings.manifest);
  const { seed, tenants: tenantCount, 'rows-per-tenant': rowsPerTenant } = settings;
  const dictionary = buildDictionary(seed);
  const market = buildMarket(seed, dictionary);
  const marketText = writeMarket(market);
  const password = demoPassword(seed, dictionary);
  const cost = { memoryKib: settings['password-memory-kib'], passes: settings['password-passes'] };
  const context = { world: { seed, dictionary, market }, passwordHash: await hashDemoPassword(seed, password, cost) };
  const plans = planTenants({ seed, tenants: tenantCount, rowsPerTenant });
  const rows = plans.reduce((sum, plan) => sum + plan.rows, 0);
  const progress = createProgress(sink, rows + marketText.rows, nowMs);

  const collected = collectInto(marketText);
  const batches = generateInOrder({ context, batches: batchTenants(plans), parallel: settings.parallel, signal });
  await deliver({ settings, databaseUrl, signal, progress, marketText, batches, collected });

  const manifest: Manifest = {
    schemaVersion: 1,
    seed,
    tenantCount,
    rowsPerTenant,
    rows,
    rowsByTable: collected.rowsByTable,
    checksum: combineChecksums(collected.tenants),
    sharedChecksum: marketText.checksum,
    anchorDay: ANCHOR_DAY,
    demoPassword: password,
    symbols: market.map(({ symbol }) => symbol),
    tenants: collected.tenants,
  };
  refuseSharedCanaries(manifest);
  await writeManifest(settings.manifest, manifest);
  return { manifest, manifestPath: settings.manifest, wallMs: Math.round(nowMs() - startedMs) };
}

interface Collected {
  tenants: ManifestTenant[];
  rowsByTable: Record<Table, number>;
}

function collectInto(marketText: MarketText): Collected {
  const rowsByTable = Object.fromEntries(tableNames.map((table) => [table, 0])) as Record<Table, number>;
  for (const table of sharedTableNames) rowsByTable[table] = marketText.tables[table].rows;
  return { tenants: [], rowsByTable };
}

interface Delivery {
  settings: RunRequest['settings'];
  databaseUrl: string | undefined;
  signal: AbortSignal;
  progress: Progress;
  marketText: MarketText;
  batches: AsyncGenerator<GeneratedBatch, void, void>;
  collected: Collected;
}

/** Into the database, or where there is none, just through; into files on the way where asked for. */
async function deliver({
  settings,
  databaseUrl,
  signal,
  progress,
  marketText,
  batches,
  collected,
}: Delivery): Promise<void> {
  await using files = settings.out === undefined ? null : await CopyFiles.create(settings.out);
  for (const table of sharedTableNames) await files?.append(table, marketText.tables[table].text);
  const passing = passOn(batches, files, collected);
  try {
    if (databaseUrl === undefined) {
      progress.add(marketText.rows);
      for await (const batch of passing) progress.add(batch.rows);
    } else {
      await loadDatabase({
        databaseUrl,
        connections: settings.parallel,
        market: marketText,
        batches: passing,
        expectedRows: collected.rowsByTable,
        signal,
        onRows: (rows) => progress.add(rows),
        onStep: (message) => progress.step(message),
        onReplace: () => removeManifest(settings.manifest),
      });
    }
  } finally {
    await passing.return();
    progress.finish();
  }
}

/** Batches come in order here, so files and manifest do not depend on how many workers there are. */
async function* passOn(
  batches: AsyncGenerator<GeneratedBatch, void, void>,
  files: CopyFiles | null,
  { tenants, rowsByTable }: Collected,
): AsyncGenerator<GeneratedBatch, void, void> {
  for await (const batch of batches) {
    tenants.push(...batch.tenants);
    for (const { table, rows, bytes } of batch.tables) {
      rowsByTable[table] += rows;
      await files?.append(table, bytes);
    }
    yield batch;
  }
}

/** Two tenants with one canary could leak into each other unseen; twelve digits make it all but impossible. */
function refuseSharedCanaries({ tenants }: Manifest): void {
  if (new Set(tenants.map(({ canary }) => canary)).size === tenants.length) return;
  throw new SeedError('internal', 'two tenants have the same canary', { hint: 'Choose another seed.' });
}
