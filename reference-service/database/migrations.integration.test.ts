/** Integration tests of the migrations, up, down and up again, on a scratch database with data in it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { startProcess } from '../testing/own-service.ts';

const database = `migrations_${randomBytes(6).toString('hex')}`;
const directory = mkdtempSync(join(tmpdir(), 'alphapulse-migrations-'));
const single = '00000000-0000-4000-8000-000000000001';
const other = randomUUID();
const tables = [
  'tenants',
  'users',
  'portfolios',
  'strategies',
  'signals',
  'orders',
  'trades',
  'positions',
  'risk_limits',
  'risk_snapshots',
  'audit_events',
];

let admin: AdminDatabase;
let scratch: AdminDatabase;

async function migrate(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { postgres } = inject('system');
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, postgres.adminPassword, { mode: 0o600 });
  const running = startProcess('migrate.ts', args, {
    ALPHAPULSE_DATABASE_HOST: postgres.host,
    ALPHAPULSE_DATABASE_PORT: String(postgres.port),
    ALPHAPULSE_DATABASE_NAME: database,
    ALPHAPULSE_DATABASE_USER: postgres.adminUser,
    ALPHAPULSE_DATABASE_PASSWORD_FILE: passwordFile,
  });
  return { code: await running.ended, output: running.output() };
}

/** A row in each domain table; `tenantId` null is the single-tenant schema, which has no such column. */
async function addBook(tenantId: string | null, email: string): Promise<void> {
  const insert = async (table: string, columns: Record<string, unknown>): Promise<string> => {
    const row = tenantId === null ? columns : { ...columns, tenant_id: tenantId };
    const names = Object.keys(row).join(', ');
    const places = Object.keys(row).map((_name, index) => `$${index + 1}`);
    const text = `insert into ${table} (${names}) values (${places.join(', ')}) returning id::text`;
    const [inserted] = await scratch.query<{ id: string }>(text, Object.values(row));
    return inserted?.id ?? '';
  };
  const user = await insert('users', { email, display_name: 'U', role: 'admin', password_hash: 'h' });
  const portfolio = await insert('portfolios', { name: 'P', base_currency: 'USD' });
  const strategy = await insert('strategies', { portfolio_id: portfolio, name: 'S', kind: 'pairs' });
  await insert('signals', { strategy_id: strategy, instrument_id: 1, direction: 'buy', strength: '0.5' });
  const deal = { portfolio_id: portfolio, instrument_id: 1, side: 'buy', quantity: '10' };
  const order = await insert('orders', {
    ...deal,
    strategy_id: strategy,
    type: 'market',
    idempotency_key: 'k',
    created_by: user,
  });
  await insert('trades', { ...deal, order_id: order, price: '1.5', fee: '0.1' });
  await insert('positions', { portfolio_id: portfolio, instrument_id: 1, quantity: '10', average_price: '1.5' });
  await insert('risk_limits', { portfolio_id: portfolio, kind: 'daily_loss', limit_value: '5' });
  const exposure = { gross_exposure: '1', net_exposure: '1', var_95: '1' };
  await insert('risk_snapshots', { portfolio_id: portfolio, ...exposure });
  await insert('audit_events', { actor_id: user, action: 'a', subject: 's' });
}

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables.slice(1)) {
    const [row] = await scratch.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    counts[table] = row?.count ?? -1;
  }
  return counts;
}

/** Every row of every table as text, in an order that does not depend on where the row lies. */
async function snapshot(): Promise<string[]> {
  const rows: string[] = [];
  for (const table of tables) {
    const found = await scratch.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t order by 1`);
    rows.push(...found.map(({ row }) => `${table} ${row}`));
  }
  return rows;
}

/** Everything that the catalogue says about indexes, constraints, columns, policies, grants, triggers and functions. */
async function schema(): Promise<string[]> {
  const rows = await scratch.query<{ line: string }>(
    `select indexdef as line from pg_indexes where schemaname = 'public'
     union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
       where connamespace = 'public'::regnamespace and contype <> 'n'
     union all select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
       from information_schema.columns where table_schema = 'public'
     union all select tablename || ' ' || policyname || ' ' || qual || ' ' || with_check from pg_policies
     union all select relname || ' ' || relrowsecurity || ' ' || relforcerowsecurity || ' ' || coalesce(relacl::text, '')
       from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
     union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
     union all select proname || ' ' || md5(pg_get_functiondef(oid)) from pg_proc
       where pronamespace = 'public'::regnamespace
     order by 1`,
  );
  return rows.map(({ line }) => line);
}

const allOf = (count: number) => Object.fromEntries(tables.slice(1).map((table) => [table, count]));

beforeAll(async () => {
  admin = await connectAsAdmin();
  await admin.query(`create database ${database}`);
  scratch = await connectAsAdmin({ database });
});

afterAll(async () => {
  await scratch.end();
  await admin.query(`drop database ${database}`);
  await admin.end();
  rmSync(directory, { recursive: true });
});

describe('the migrations', () => {
  const seen: { schema: string[]; rows: string[]; baseline: string[] } = { schema: [], rows: [], baseline: [] };

  it('build the single-tenant baseline', async () => {
    expect(await migrate('up', '--to', '000')).toMatchObject({ code: 0 });
    await scratch.query(`insert into instruments values (1, 'AAA', 'A', 'equity', 'USD', '0.01')`);
    seen.baseline = await schema();
    await addBook(null, 'one@example.org');
    expect(await countRows()).toEqual(allOf(1));
  });

  it('give every row of a filled baseline the tenant that it served', async () => {
    expect(await migrate('up')).toMatchObject({ code: 0 });
    for (const table of tables.slice(1)) {
      expect(await scratch.query(`select tenant_id from ${table}`), table).toEqual([{ tenant_id: single }]);
    }
  });

  it('let a second tenant in, with the same e-mail address and idempotency key', async () => {
    await scratch.query(`insert into tenants (id, slug, name, tier) values ($1, 'other', 'Other', 'pro')`, [other]);
    await addBook(other, 'one@example.org');
    expect(await countRows()).toEqual(allOf(2));
    seen.schema = await schema();
    seen.rows = await snapshot();
  });

  it('leave the service nothing to make temporary tables with', async () => {
    const making = await scratch.query(
      `select role from unnest($1::text[]) role where has_database_privilege(role, current_database(), 'temporary')`,
      [['alphapulse_app', 'alphapulse_exempt']],
    );
    expect(making).toEqual([]);
  });

  it('refuse a row that points at another tenant’s row', async () => {
    const [portfolio] = await scratch.query<{ id: string }>('select id from portfolios where tenant_id = $1', [other]);
    const text = `insert into strategies (tenant_id, portfolio_id, name, kind) values ($1, $2, 'S', 'pairs')`;
    await expect(scratch.query(text, [single, portfolio?.id])).rejects.toThrow('strategies_portfolio_fkey');
  });

  it('go down one by one to a baseline that works, with the rows of its one tenant and no other’s', async () => {
    for (const remaining of ['005', '004', '003', '002', '001', '000']) {
      expect(await migrate('down'), `down to ${remaining}`).toMatchObject({ code: 0 });
    }
    expect(await countRows()).toEqual(allOf(1));
    expect(await schema()).toEqual(seen.baseline);
    const services = ['alphapulse_app', 'alphapulse_exempt'];
    const readable = await scratch.query(
      `select from unnest($1::text[]) role, pg_tables
       where schemaname = 'tenant_archive' and has_schema_privilege(role, 'tenant_archive', 'usage')`,
      [services],
    );
    expect(readable).toEqual([]);
    await scratch.query(
      `insert into users (email, display_name, role, password_hash) values ('new@example.org', 'N', 'viewer', 'h')`,
    );
    await scratch.query(`delete from users where email = 'new@example.org'`);
  });

  it('bring every tenant’s rows back, unchanged, into the same schema', async () => {
    expect(await migrate('up')).toMatchObject({ code: 0 });
    expect(await snapshot()).toEqual(seen.rows);
    expect(await schema()).toEqual(seen.schema);
    expect(await scratch.query(`select from pg_namespace where nspname = 'tenant_archive'`)).toEqual([]);
  });

  it('say what is wrong with their arguments, and exit 64', async () => {
    const { code, output } = await migrate('up', '--to', '009');
    expect(code).toBe(64);
    expect(output).toContain('004_row_level_security, 005_audit_chain, 006_no_temporary_objects');
  });
});
