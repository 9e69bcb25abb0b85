/** Arms with databases of their own are read each in its own: row security, roles, settings, tenants and writes. */
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { copyDatabase, dropDatabase } from '../environment/service/copy-database.ts';
import type { ServiceInstance } from '../model/system.ts';
import { databaseStateGatherer } from './database-state.ts';
import type { Gatherer } from './gatherer.ts';
import { adminClient } from './postgres-client.ts';
import { postgresGatherer } from './postgres.ts';

const system = inject('system');
const COPY = 'measured_copy';

/** The seeded database is the base's; what is told of the candidate's can only be of the copy. */
function services(): ServiceInstance[] {
  const [service] = system.services.filter(({ arm }) => arm === 'rls');
  if (service === undefined) throw new Error('the system has no service in production mode');
  return [
    { ...service, arm: 'base', database: system.postgres.database },
    { ...service, arm: 'candidate', slot: 1, database: COPY },
  ];
}

async function inDatabase(client: Client, ...statements: string[]): Promise<void> {
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

beforeAll(() => copyDatabase(system, COPY));

afterAll(() => dropDatabase(system, COPY));

async function gather<T>(gatherer: Gatherer<T>, during: () => Promise<void> = () => Promise.resolve()): Promise<T> {
  try {
    await gatherer.open?.();
    await gatherer.windowStarts?.();
    await during();
    await gatherer.windowEnds?.();
    return await gatherer.read();
  } finally {
    await gatherer.close?.();
  }
}

it('row security that is open in one database is told of that one', async () => {
  await inDatabase(adminClient(system, COPY), 'alter table trades no force row level security');
  const { tables, roles } = await gather(postgresGatherer(system, services(), () => undefined));
  const open = tables.filter(({ forced }) => !forced).map(({ name, database }) => `${database ?? ''}.${name}`);
  expect(open).toEqual([`${COPY}.trades`]);
  expect(tables).toHaveLength(20);
  expect(roles.map(({ arm, bypassRls }) => [arm, bypassRls])).toEqual([
    ['base', false],
    ['candidate', false],
  ]);
});

it('settings, tenants and writes are of the database in which they are', async () => {
  await inDatabase(adminClient(system, COPY), 'alter table signals set (autovacuum_enabled = false)');
  const state = await gather(databaseStateGatherer(system, services()), () =>
    inDatabase(adminClient(system, COPY), `update strategies set name = name`),
  );
  expect(state.ownDatabases).toMatchObject([
    { database: system.postgres.database, arms: ['base'], tenants: 6, settings: '' },
    { database: COPY, arms: ['candidate'], tenants: 6, settings: 'signals(autovacuum_enabled=false)' },
  ]);
  const writesTo = (tables: typeof state.before, name: string) =>
    tables.find((table) => table.name === 'strategies' && table.database === name)?.writes ?? Number.NaN;
  expect(writesTo(state.after, COPY)).toBeGreaterThan(writesTo(state.before, COPY));
  expect(writesTo(state.after, system.postgres.database)).toBe(writesTo(state.before, system.postgres.database));
});

it('statements are told apart by database', async () => {
  const asApp = new Client({
    ...{ host: system.postgres.host, port: system.postgres.port, database: COPY },
    ...{ user: system.postgres.adminUser, password: system.postgres.adminPassword },
  });
  const { statements } = await gather(
    postgresGatherer(system, services(), () => undefined),
    () => inDatabase(asApp, `set role ${system.postgres.appUser}`, 'select count(*) as seen from tenants'),
  );
  const seen = statements.filter(({ query }) => query.includes('as seen'));
  expect(seen).toMatchObject([{ database: COPY, user: system.postgres.appUser, calls: 1, rows: 1 }]);
});
