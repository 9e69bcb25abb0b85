/** Integration tests of what Postgres itself guarantees, whatever the service's own code does. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { tenantAt } from '../testing/api-client.ts';

const tables = [
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
  'audit_heads',
];
let admin: AdminDatabase;
let app: AdminDatabase;

beforeAll(async () => {
  admin = await connectAsAdmin();
  app = await connectAsAdmin({ role: inject('system').postgres.appUser });
});
afterAll(async () => {
  await admin.end();
  await app.end();
});

/** Runs in a transaction that is rolled back, as the app role, with this tenant context. */
async function asTenant<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
  await app.query('begin');
  try {
    await app.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
    return await work();
  } finally {
    await app.query('rollback');
  }
}

describe('row-level security', () => {
  it.each(tables)('is enabled and forced on %s, by one policy for all verbs', async (table) => {
    const [state] = await admin.query(
      `select relrowsecurity as enabled, relforcerowsecurity as forced,
         (select count(*)::int from pg_policies where tablename = $1 and cmd = 'ALL') as policies
       from pg_class where oid = $1::text::regclass`,
      [table],
    );
    expect(state).toEqual({ enabled: true, forced: true, policies: 1 });
  });

  it.each(tables)('shows nothing of %s without a tenant, and only the tenant’s own with one', async (table) => {
    const count = `select count(*)::int as count, count(*) filter (where tenant_id = $1)::int as own from ${table}`;
    const { id } = tenantAt(0);
    expect(await app.query(count, [id])).toEqual([{ count: 0, own: 0 }]);
    const [seen] = await asTenant(id, () => app.query<{ count: number; own: number }>(count, [id]));
    const [real] = await admin.query<{ count: number; own: number }>(count, [id]);
    expect(seen?.count).toBeGreaterThan(0);
    expect(seen).toEqual({ count: real?.own, own: real?.own });
    expect(await app.query(count, [id]), 'after the transaction').toEqual([{ count: 0, own: 0 }]);
  });

  it('refuses to write for another tenant, and finds nothing of it to change', async () => {
    const [mine, theirs] = [tenantAt(0), tenantAt(1)];
    const insert = `insert into portfolios (tenant_id, name, base_currency) values ($1, 'x', 'USD')`;
    await expect(asTenant(mine.id, () => app.query(insert, [theirs.id]))).rejects.toThrow('row-level security');
    const update = 'update orders set updated_at = now() where tenant_id = $1 returning id';
    expect(await asTenant(mine.id, () => app.query(update, [theirs.id]))).toEqual([]);
    expect(await asTenant(theirs.id, () => app.query(update, [theirs.id]))).not.toEqual([]);
  });

  it.each(['', 'x', "' or true --", '00000000-0000-0000-0000-000000000000'])(
    'shows nothing to the tenant %j',
    async (context) => {
      const seen = asTenant(context, () => app.query('select from trades')).catch((error: unknown) => String(error));
      const answer = await seen;
      if (typeof answer === 'string') expect(answer).toContain('invalid input syntax for type uuid');
      else expect(answer).toEqual([]);
    },
  );

  it.each(tables)('has every index of %s led by tenant_id', async (table) => {
    const leading = await admin.query<{ column: string }>(
      `select a.attname as column from pg_index i
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indrelid = $1::text::regclass`,
      [table],
    );
    expect(new Set(leading.map(({ column }) => column))).toEqual(new Set(['tenant_id']));
  });
});

describe('the service’s roles', () => {
  it('own nothing; only the experiment’s is exempt from policies', async () => {
    const roles = await admin.query(
      `select rolname as name, rolsuper as super, rolbypassrls as exempt, rolcreaterole or rolcreatedb as creates,
         (select count(*)::int from pg_class c where c.relowner = r.oid) as owns
       from pg_roles r where rolname in ('alphapulse_app', 'alphapulse_exempt') order by 1`,
    );
    expect(roles).toEqual([
      { name: 'alphapulse_app', super: false, exempt: false, creates: false, owns: 0 },
      { name: 'alphapulse_exempt', super: false, exempt: true, creates: false, owns: 0 },
    ]);
  });

  it.each([
    ['update audit_events set action = action', 'audit_events'],
    ['delete from audit_events', 'audit_events'],
    ['truncate audit_events', 'audit_events'],
    ['delete from orders', 'orders'],
    ['update trades set price = price', 'trades'],
    ['update users set password_hash = password_hash', 'users'],
    ['update orders set tenant_id = tenant_id', 'orders'],
    ['update tenants set tier = tier', 'tenants'],
    ['insert into prices values (1, now(), 1)', 'prices'],
    [`insert into audit_heads values (gen_random_uuid(), 7, sha256(''))`, 'audit_heads'],
    ['delete from audit_heads', 'audit_heads'],
  ])('may not: %s', async (text, table) => {
    await expect(asTenant(tenantAt(0).id, () => app.query(text))).rejects.toThrow(
      `permission denied for table ${table}`,
    );
  });

  it('may not: move the head of an audit log but by adding an event to it', async () => {
    const { id } = tenantAt(0);
    const update = 'update audit_heads set last_number = 1 where tenant_id = $1';
    await expect(asTenant(id, () => app.query(update, [id]))).rejects.toThrow('only when an audit event is added');
    const insert = `insert into audit_events (tenant_id, action, subject) values ($1, 'test', 'test') returning sequence_number`;
    expect(await asTenant(id, () => app.query(insert, [id]))).toHaveLength(1);
    await expect(asTenant(id, () => app.query(insert, [tenantAt(1).id]))).rejects.toThrow('row-level security');
  });

  it('may not: create, change or drop tables', async () => {
    await expect(app.query('create table x ()')).rejects.toThrow('permission denied');
    await expect(app.query('alter table trades disable row level security')).rejects.toThrow('must be owner');
    await expect(app.query('drop policy tenant_isolation on trades')).rejects.toThrow('must be owner');
  });
});
