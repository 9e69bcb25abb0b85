/** The seeder against a real Postgres: what it loads, and what it leaves when it is stopped, cut off or refused. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { manifestSchema } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { createScratchDatabase } from './testing/scratch-database.ts';
import type { ScratchDatabase } from './testing/scratch-database.ts';
import { spawnSeeder } from './testing/spawn-seeder.ts';
import type { Outcome, SpawnOptions } from './testing/spawn-seeder.ts';
import { tableNames, tenantTableNames } from './text/tables.ts';

const { postgres } = inject('system');
const cheap = ['--password-memory-kib', '8', '--password-passes', '1'];
/** A second or two of loading, so that there is a middle to be cut off in. */
const longLoad = ['--tenants', '100', '--rows-per-tenant', '1000', '--seed', 'long'];
const directory = mkdtempSync(path.join(tmpdir(), 'seed-test-'));
const manifestPath = path.join(directory, 'manifest.json');
let database: ScratchDatabase;

beforeAll(async () => {
  database = await createScratchDatabase(postgres, { migrated: true });
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

function load(flags: readonly string[], options: SpawnOptions = {}) {
  const target = ['--database-url', database.url, '--manifest', manifestPath, ...cheap];
  return spawnSeeder([...flags, ...target], { env: database.env, ...options });
}

const readManifest = (): Manifest => manifestSchema.parse(JSON.parse(readFileSync(manifestPath, 'utf8')));

async function countRows(): Promise<Record<string, number>> {
  const selects = tableNames.map((table) => `select '${table}' as name, count(*)::int as rows from ${table}`);
  const rows = await database.query<{ name: string; rows: number }>(selects.join(' union all '));
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}

/** One hash over all rows of all tables, whatever order they lie in. */
async function hashContent(): Promise<string> {
  const hashes = await Promise.all(
    tableNames.map((table) =>
      database.query<{ hash: string }>(
        `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as hash from ${table} t`,
      ),
    ),
  );
  return hashes.map(([row]) => row?.hash).join(' ');
}

async function expectEmpty(): Promise<void> {
  expect(Object.values(await countRows()).every((rows) => rows === 0)).toBe(true);
  expect(existsSync(manifestPath)).toBe(false);
}

/** Does something once, when the first tenants are on their way. */
function onceLoading(act: SpawnOptions['onStderr']): SpawnOptions {
  let done = false;
  return {
    onStderr: (stderr, child) => {
      const rows = [...stderr.matchAll(/"done":(\d+)/g)].map(([, count]) => Number(count));
      if (done || Math.max(0, ...rows) < 10_000) return;
      done = true;
      act?.(stderr, child);
    },
  };
}

describe('a load', () => {
  let manifest: Manifest;
  beforeAll(async () => {
    const outcome = await load(['--tenants', '12', '--rows-per-tenant', '400', '--seed', 'load', '--parallel', '3']);
    expect(outcome.stderr).not.toContain('seed:');
    expect(outcome.code).toBe(0);
    manifest = readManifest();
  });

  it('has the rows of the manifest in every table', async () => {
    expect(await countRows()).toEqual(manifest.rowsByTable);
  });

  it('has positions that are exactly the sums of the trades', async () => {
    const different = await database.query(
      `select p.id from positions p
         full join (select tenant_id, portfolio_id, instrument_id, sum(case side when 'buy' then quantity else -quantity end) as quantity
                      from trades group by 1, 2, 3) t using (tenant_id, portfolio_id, instrument_id)
        where p.quantity is distinct from t.quantity`,
    );
    expect(different).toEqual([]);
  });

  it('has the exposure that the manifest expects, tenant by tenant', async () => {
    const exposures = await database.query<{ slug: string; gross: string; positions: number; trades: number }>(
      `select t.slug, round(sum(abs(p.quantity * l.close)), 2)::text as gross, count(*)::int as positions,
              (select count(*)::int from trades where tenant_id = t.id) as trades
         from tenants t
         join positions p on p.tenant_id = t.id
         join (select distinct on (instrument_id) instrument_id, close from prices order by instrument_id, day desc) l
           using (instrument_id)
        group by t.id, t.slug order by t.slug`,
    );
    expect(exposures).toEqual(
      manifest.tenants.map(({ slug, expected: { grossExposure, positions, trades } }) => ({
        slug,
        gross: grossExposure,
        positions,
        trades,
      })),
    );
  });

  it('satisfies every foreign key, which all lead within the tenant', async () => {
    // Dropping and adding a key again makes Postgres check every row.
    const keys = await database.query<{ name: string; table: string; definition: string }>(
      `select conname as name, conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition
         from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
    );
    expect(keys.length).toBeGreaterThan(15);
    for (const { name, table, definition } of keys) {
      await database.query(`alter table ${table} drop constraint ${name}, add constraint ${name} ${definition}`);
    }
    for (const [child, column, parent] of [
      ['trades', 'order_id', 'orders'],
      ['orders', 'created_by', 'users'],
      ['signals', 'strategy_id', 'strategies'],
      ['positions', 'portfolio_id', 'portfolios'],
    ]) {
      const crossing = await database.query(
        `select from ${child} c join ${parent} p on p.id = c.${column} where p.tenant_id <> c.tenant_id`,
      );
      expect(crossing).toEqual([]);
    }
  });

  it('lets the next audit event take the next id, and has fresh statistics', async () => {
    const [row] = await database.query<{ next: boolean }>(
      `with last as (select max(id) as id from audit_events), next as
         (insert into audit_events (tenant_id, action, subject) values ($1, 'test', 'test') returning id)
       select next.id = last.id + 1 as next from next, last`,
      [manifest.tenants[0]?.id],
    );
    expect(row?.next).toBe(true);
    const unanalysed = await database.query(
      `select relname from pg_stat_user_tables where relname = any ($1) and last_analyze is null`,
      [tableNames],
    );
    expect(unanalysed).toEqual([]);
  });

  it('is the same with another parallelism, and replaces what was there', async () => {
    const flags = ['--tenants', '12', '--rows-per-tenant', '400', '--seed', 'load'];
    expect((await load([...flags, '--parallel', '1'])).code).toBe(0);
    const content = await hashContent();
    expect((await load([...flags, '--parallel', '4'])).code).toBe(0);
    expect(await hashContent()).toBe(content);
    expect(readManifest()).toEqual(manifest);

    expect((await load(['--tenants', '3', '--rows-per-tenant', '100', '--seed', 'next'])).code).toBe(0);
    const next = readManifest();
    expect(await countRows()).toEqual(next.rowsByTable);
    const slugs = await database.query<{ slug: string }>('select slug from tenants order by slug');
    expect(slugs.map(({ slug }) => slug)).toEqual(next.tenants.map(({ slug }) => slug));
  });
});

describe('a load that does not reach its end', () => {
  beforeEach(async () => {
    expect((await load(['--tenants', '2', '--rows-per-tenant', '100', '--seed', 'before'])).code).toBe(0);
  });

  it('because of Ctrl-C: exit 130, empty tables, no manifest', async () => {
    const { code, stderr } = await load(
      longLoad,
      onceLoading((_, child) => child.kill('SIGINT')),
    );
    expect(stderr).toContain('stopped by SIGINT');
    expect(code).toBe(130);
    await expectEmpty();
  });

  it('because of kill -9: the server rolls back, no manifest', async () => {
    const { code } = await load(
      longLoad,
      onceLoading((_, child) => child.kill('SIGKILL')),
    );
    expect(code).toBeNull();
    await expect.poll(countLoaders, { timeout: 30_000 }).toBe(0);
    await expectEmpty();
  });

  it('because a connection is cut: exit 69, empty tables, no manifest', async () => {
    const cut: Promise<unknown>[] = [];
    const { code, stderr } = await load(
      longLoad,
      onceLoading(() => {
        const loader = `select pid from pg_stat_activity
          where datname = current_database() and application_name = 'signoff-seed' and xact_start is not null limit 1`;
        cut.push(database.query(`select pg_terminate_backend(pid) from (${loader}) as loader`));
      }),
    );
    await Promise.all(cut);
    expect(cut).toHaveLength(1);
    expect(stderr).toMatch(/seed: postgres:.*(terminat|ECONNRESET|EPIPE)/);
    expect(code).toBe(69);
    await expectEmpty();
  });

  async function countLoaders(): Promise<number> {
    const loaders = await database.query(
      `select from pg_stat_activity where datname = current_database() and application_name = 'signoff-seed'`,
    );
    return loaders.length;
  }
});

describe('a load that is refused leaves everything as it was', () => {
  it('while another one is under way', async () => {
    const refusals: Promise<Outcome>[] = [];
    const first = await load(
      longLoad,
      onceLoading((_, child) => {
        // Held still, so that the first is sure to be in the middle of it.
        child.kill('SIGSTOP');
        const second = load(['--tenants', '1', '--seed', 'second']);
        refusals.push(second.finally(() => child.kill('SIGCONT')));
      }),
    );
    const [refused] = await Promise.all(refusals);
    expect(refused?.stderr).toContain('another seeder is loading this database');
    expect(refused?.code).toBe(69);
    expect(first.code).toBe(0);
    expect(await countRows()).toEqual(readManifest().rowsByTable);
  });

  it('where the schema is missing, or not complete, with the hint to migrate', async () => {
    await using bare = await createScratchDatabase(postgres, { migrated: false });
    await bare.query('create table tenants (id uuid, slug text)');
    const flags = ['--tenants', '1', '--seed', 'x', '--database-url', bare.url, '--manifest', manifestPath, ...cheap];
    const { code, stderr } = await spawnSeeder(flags, { env: bare.env });
    expect(code).toBe(69);
    expect(stderr).toContain('table tenants has no column name, tier, created_at');
    for (const table of [...tenantTableNames.slice(1), 'prices']) expect(stderr).toContain(`table ${table} is missing`);
    expect(stderr).toContain('node reference-service/migrate.ts up');
  });

  it('because there are tenants already and it loads only an empty database', async () => {
    const flags = ['--tenants', '2', '--rows-per-tenant', '100', '--if-empty', '--seed'];
    await database.query('truncate tenants cascade');
    expect((await load([...flags, 'first'])).code).toBe(0);
    const content = await hashContent();
    rmSync(manifestPath);
    const { code, stdout, stderr } = await load([...flags, 'second', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({ ok: true, skipped: true, tenants: 2 });
    expect(await hashContent()).toBe(content);
    expect(existsSync(manifestPath)).toBe(false);
  });

  it('for a password file that is not there, or whose password is wrong', async () => {
    const file = path.join(directory, 'password');
    const flags = ['--tenants', '1', '--rows-per-tenant', '100', '--seed', 'x', '--database-password-file', file];
    const missing = await load(flags);
    expect([missing.code, missing.stderr]).toEqual([64, expect.stringContaining('ENOENT')]);
    writeFileSync(file, 'wrong/@:%41\n');
    const refused = await load(flags);
    expect([refused.code, refused.stderr]).toEqual([69, expect.stringContaining('password authentication failed')]);
    expect(refused.stderr).not.toContain('wrong');
    writeFileSync(file, `${postgres.adminPassword}\n`);
    expect((await load(flags, { env: { PGPASSWORD: 'wrong' } })).code).toBe(0);
  });

  it('for a wrong password', async () => {
    const { code, stderr } = await load(['--tenants', '1', '--seed', 'x'], { env: { PGPASSWORD: 'wrong' } });
    expect(code).toBe(69);
    expect(stderr).toContain('Set PGPASSWORD');
  });
});
