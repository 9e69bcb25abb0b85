/** Views, functions and rules that reach all tenants' rows though their owner is no superuser and every table is forced: on a real Postgres. */
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { InspectParameters } from './facts.ts';
import { inspectCatalogue } from './inspect.ts';
import { readCatalogue } from './read-catalogue.ts';

const { host, port, adminUser, adminPassword } = inject('system').postgres;
const database = 'escapes_inspected';
const roles = ['escapes_web', 'escapes_owner', 'escapes_support'];
const parameters: InspectParameters = {
  ...{ tenantColumn: 'tenant_id', setting: 'app.tenant_id', roles: ['escapes_web'], schemas: [] },
};
const bound = `tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)`;

const schema = `
  create role escapes_owner nologin;
  create role escapes_support nologin;
  create role escapes_web login;
  grant usage, create on schema public to escapes_owner, escapes_support;
  set role escapes_owner;
  create table orders (tenant_id uuid not null, at date not null) partition by range (at);
  create index on orders (tenant_id);
  alter table orders enable row level security;
  alter table orders force row level security;
  create policy tenant on orders using (${bound}) with check (${bound});
  create policy support on orders for select to escapes_support using (true);
  create table orders_2026 partition of orders for values from ('2026-01-01') to ('2027-01-01');
  grant select on orders to escapes_web, escapes_support;
  create view through_parent as select * from orders;
  create view through_partition as select * from orders_2026;
  create view over_that as select count(*) from through_partition;
  reset role;
  insert into orders values ('00000000-0000-0000-0000-00000000000a', '2026-01-01'), ('00000000-0000-0000-0000-00000000000b', '2026-01-01');
  create materialized view totals as select tenant_id, count(*) from orders group by 1;
  grant select on totals to escapes_owner;
  set role escapes_owner;
  create view through_totals as select * from totals;
  reset role;
  set role escapes_support;
  create view of_support as select * from orders;
  create function by_support() returns bigint language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$ select count(*) from orders $$;
  create table support_notes (tenant_id uuid not null, note text);
  create rule noted as on insert to support_notes do also delete from orders;
  reset role;
  grant delete on orders to escapes_support;
  create policy support_removes on orders for delete to escapes_support using (true);
  create index on support_notes (tenant_id);
  alter table support_notes enable row level security;
  alter table support_notes force row level security;
  create policy tenant on support_notes using (${bound}) with check (${bound});
  grant insert on support_notes to escapes_web;
  grant select on through_parent, through_partition, over_that, through_totals, of_support to escapes_web;
`;

let client: Client;

async function connect(name: string): Promise<Client> {
  const opened = new Client({ host, port, database: name, user: adminUser, password: adminPassword });
  await opened.connect();
  return opened;
}

async function removeAll(): Promise<void> {
  const admin = await connect('postgres');
  await admin.query(`drop database if exists ${database} with (force)`);
  for (const role of roles) await admin.query(`drop role if exists ${role}`);
  await admin.end();
}

beforeAll(async () => {
  await removeAll();
  const admin = await connect('postgres');
  await admin.query(`create database ${database}`);
  await admin.end();
  client = await connect(database);
  await client.query(schema);
});
afterAll(async () => {
  await client.end();
  await removeAll();
});

/** Rows that the application sees without any tenant; null: it may not ask. */
async function seen(from: string): Promise<number | null> {
  await client.query('begin');
  try {
    await client.query('set local role escapes_web');
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${from}`);
    return rows[0]?.n ?? null;
  } catch {
    return null;
  } finally {
    await client.query('rollback');
  }
}

/** Rows of the orders after the application has written a note of its own. */
async function leftByNote(): Promise<number | undefined> {
  await client.query('begin');
  try {
    await client.query('set local role escapes_web');
    await client.query(`set local app.tenant_id = '00000000-0000-0000-0000-00000000000a'`);
    await client.query(`insert into support_notes values ('00000000-0000-0000-0000-00000000000a', 'a note')`);
    await client.query('reset role');
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from orders');
    return rows[0]?.n;
  } finally {
    await client.query('rollback');
  }
}

async function findings() {
  const reader = await connect(database);
  try {
    return inspectCatalogue(await readCatalogue(reader), parameters).findings;
  } finally {
    await reader.end();
  }
}

const open = ['of_support', 'over_that', 'through_partition', 'through_totals'];

describe('what reads past forced policies without a superuser', () => {
  it('is found, view by view, and the function', async () => {
    for (const view of open) expect(await seen(view), view).toBeGreaterThan(0);
    expect(await seen('through_parent')).toBe(0);
    expect(await leftByNote()).toBe(0);
    const errors = (await findings()).filter(({ level }) => level === 'error');
    expect(errors.map(({ rule, object }) => [rule, object]).toSorted()).toEqual([
      ['definer-function', 'public.by_support()'],
      ['rewrite-rule', 'public.support_notes.noted'],
      ...open.map((view) => ['view-runs-as-owner', `public.${view}`]),
    ]);
  });

  it('shows nothing once the SQL of the findings was run', async () => {
    for (const statement of (await findings()).flatMap(({ fix }) => fix)) await client.query(statement);
    for (const view of open) expect((await seen(view)) ?? 0, view).toBe(0);
    expect(await leftByNote()).toBe(2);
    expect(await findings()).toEqual([]);
  });
});

it('reads from the catalogue what a role may give itself and replicate, and that a generated tenant has no default', async () => {
  await client.query('alter role escapes_web replication');
  await client.query('grant escapes_owner to escapes_web with admin option, inherit false, set false');
  await client.query('create table made (org uuid not null, tenant_id uuid not null generated always as (org) stored)');
  const found = (await findings()).map(({ rule, object }) => [rule, object]);
  expect(found).toContainEqual(['role-bypasses-policies', 'escapes_web']);
  expect(found).toContainEqual(['role-member-of-privileged', 'escapes_web.escapes_owner']);
  expect(found).toContainEqual(['row-security-disabled', 'public.made']);
  expect(found).not.toContainEqual(['tenant-column-default', 'public.made']);
});
