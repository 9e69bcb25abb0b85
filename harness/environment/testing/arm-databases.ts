/** What holds for two builds with a database each, in every kind of environment: the cases, and a system to see them on. */
import path from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { expect } from 'vitest';
import type { Manifest } from '../../model/manifest.ts';
import type { System } from '../../model/system.ts';
import type { RunningSystem } from '../environment-driver.ts';
import { serviceFolder } from '../service/service-program.ts';

const signal = new AbortController().signal;
export const armDatabases = { base: 'arm_base', candidate: 'arm_candidate' } as const;
const copies = Object.values(armDatabases);

/** One row of one column. */
async function ask(system: System, database: string, sql: string): Promise<unknown> {
  const { host, port, adminUser: user, adminPassword: password } = system.postgres;
  const client = new Client({ host, port, user, password, database });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

const askEach = (system: System, databases: readonly string[], sql: string): Promise<unknown[]> =>
  Promise.all(databases.map((database) => ask(system, database, sql)));

export async function seedThree(running: RunningSystem): Promise<Manifest> {
  const manifestPath = path.join(running.system.directory, 'manifest.json');
  const size = { tenants: 3, rowsPerTenant: 200, seed: '5' };
  return await running.seed({ ...size, manifestPath, progress: () => undefined, signal });
}

/** Makes the seeded database one that has settings and privileges of its own, then both copies. */
export async function copyForArms(running: RunningSystem): Promise<void> {
  const { system } = running;
  const { database } = system.postgres;
  const statements = [
    `alter role alphapulse_app in database ${database} set search_path to "$user", public`,
    `alter database ${database} set lock_timeout to '7s'`,
    `revoke all on database ${database} from public`,
    `grant connect on database ${database} to alphapulse_app, alphapulse_owner`,
  ];
  for (const statement of statements) await ask(system, database, statement);
  for (const copy of copies) await running.copyDatabase(copy);
}

export async function startArms(running: RunningSystem, entries: { base?: string; candidate?: string } = {}) {
  const services = await running.startServices([
    {
      arm: 'base',
      slot: 0,
      database: armDatabases.base,
      ...(entries.base === undefined ? {} : { entry: entries.base }),
    },
    {
      ...{ arm: 'candidate', slot: 1, database: armDatabases.candidate, env: { ALPHAPULSE_DATABASE_POOL_MAX: '3' } },
      ...(entries.candidate === undefined ? {} : { entry: entries.candidate }),
    },
  ]);
  const [base, candidate] = services;
  if (base === undefined || candidate === undefined) throw new Error('an arm is missing');
  expect(services.map((service) => service.database)).toEqual(copies);
  return { base, candidate };
}

/** Settings, privileges, forced row security, statistics and pages: all as in the seeded database, but for the name. */
export async function expectCopiesAlike(running: RunningSystem): Promise<void> {
  const { system } = running;
  const databases = [system.postgres.database, ...copies];
  const alike = {
    settings: `select json_agg(json_build_object('role', setrole::regrole, 'set', setconfig) order by setrole)::text
               from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database())`,
    privileges: `select array_agg(entry::text order by entry::text)::text
                 from pg_database, unnest(datacl) as entry where datname = current_database()`,
    owner: 'select datdba::regrole::text from pg_database where datname = current_database()',
    forced: `select string_agg(relname, ' ' order by relname) from pg_class where relrowsecurity and relforcerowsecurity`,
    statistics: `select md5(string_agg(s::text, ' ' order by schemaname, tablename, attname)) from pg_stats s
                 where schemaname = 'public'`,
    pages: `select md5(string_agg(format('%s %s %s %s', relname, relpages, reltuples, relallvisible), ' ' order by relname))
            from pg_class where relnamespace = 'public'::regnamespace`,
  };
  for (const [what, sql] of Object.entries(alike)) {
    const [seeded, ...copied] = await askEach(system, databases, sql);
    expect(seeded, what).not.toBeNull();
    expect(copied, what).toEqual([seeded, seeded]);
  }
  expect(await ask(system, armDatabases.base, alike.settings)).toContain('search_path=');
  expect(await ask(system, armDatabases.base, alike.forced)).toContain('trades');
}

/** Through the service at `url`, as a trader of the first tenant. */
export async function createOrder(url: string, { tenants, demoPassword }: Manifest, note: string): Promise<void> {
  const [tenant] = tenants;
  const trader = tenant?.users.find(({ role }) => role === 'trader');
  const login = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant: tenant?.slug, email: trader?.email, password: demoPassword }),
  });
  expect(login.status, await login.clone().text()).toBe(200);
  const answer = await fetch(`${url}/api/v1/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `key-of-${note}`,
      cookie: login.headers.getSetCookie()[0]?.split(';')[0] ?? '',
    },
    body: JSON.stringify({
      ...{ portfolioId: tenant?.samples.portfolios[0], instrumentId: 1, side: 'buy', type: 'market' },
      ...{ quantity: '1.0000', note },
    }),
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
}

export async function countOrders({ system }: RunningSystem, note: string): Promise<number[]> {
  const counts = await askEach(
    system,
    [system.postgres.database, ...copies],
    `select count(*)::int from orders where note = '${note}'`,
  );
  return z.array(z.int()).parse(counts);
}

/** What each arm's statements are counted under. */
export async function countStatements({ system }: RunningSystem): Promise<number[]> {
  const sql = `select count(*)::int from pg_stat_statements join pg_database on dbid = pg_database.oid
               where datname = current_database() and query like '%insert into orders (%'`;
  return z.array(z.int()).parse(await askEach(system, copies, sql));
}

export async function countIndexes({ system }: RunningSystem, index: string): Promise<unknown[]> {
  return await askEach(system, copies, `select count(*)::int from pg_indexes where indexname = '${index}'`);
}

export async function readyAnswer(url: string): Promise<unknown> {
  return await (await fetch(`${url}/readyz`)).json();
}

export async function poolMaxAt(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^database_pool_max(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1]);
}

/** With nothing to do on a database that this very build made. */
export async function migrateBase(running: RunningSystem): Promise<string[]> {
  const entry = path.join(serviceFolder, 'migrate.ts');
  return await running.migrateDatabase({ database: armDatabases.base, entry, signal });
}
