/** No fix shows a row that was hidden: odd policies on a real Postgres, before and after the SQL of every finding. */
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { InspectParameters } from './facts.ts';
import { inspectCatalogue, outcomeOf, type Inspection } from './inspect.ts';
import { readCatalogue } from './read-catalogue.ts';
import { oddPolicies, oddSchema } from './testing/odd-policies.ts';

const { host, port, adminUser, adminPassword } = inject('system').postgres;
const database = 'odd_policies';
const parameters: InspectParameters = {
  ...{ tenantColumn: 'tenant_id', setting: 'app.tenant_id', roles: ['odd_web'], schemas: [] },
};
const a = '00000000-0000-0000-0000-00000000000a';
const contexts = [null, '', a, '00000000', 'malformed', `${a},00000000-0000-0000-0000-00000000000b`];

async function connect(name: string): Promise<Client> {
  const client = new Client({ host, port, database: name, user: adminUser, password: adminPassword });
  await client.connect();
  return client;
}

async function asAdmin(...statements: string[]): Promise<void> {
  const admin = await connect('postgres');
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

const remove = [`drop database if exists ${database} with (force)`, 'drop role if exists odd_web'];
let client: Client;

beforeAll(async () => {
  await asAdmin(...remove, `create database ${database}`);
  client = await connect(database);
  await client.query(oddSchema);
});
afterAll(async () => {
  await client.end();
  await asAdmin(...remove);
});

async function inspect(): Promise<Inspection> {
  const inspector = await connect(database);
  const facts = await readCatalogue(inspector);
  await inspector.end();
  return inspectCatalogue(facts, parameters);
}

/** What the application sees of every table in every context, as `table, context: row`; of errors it sees nothing. */
async function visible(): Promise<Set<string>> {
  const seen = new Set<string>();
  for (const context of contexts) {
    // A session of its own: one that has never made the setting is another than one that has emptied it.
    const session = await connect(database);
    await session.query('set role odd_web');
    if (context !== null) await session.query(`select set_config('app.tenant_id', $1, false)`, [context]);
    for (const { name } of oddPolicies) {
      const text = `select tenant_id || ' ' || hidden as row from ${name}`;
      const { rows } = await session.query<{ row: string }>(text).catch(() => ({ rows: [] }));
      for (const { row } of rows) seen.add(`${name}, ${context}: ${row}`);
    }
    await session.end();
  }
  return seen;
}

it('judges each as what it is, and never passes one that is open', async () => {
  const { survey, findings } = await inspect();
  const told = oddPolicies.map(({ name }) => {
    const tables = survey.tables.filter((table) => table.name === name);
    const own = findings.filter(({ object }) => object.startsWith(`public.${name}.`) || object === `public.${name}`);
    return { name, outcome: outcomeOf({ survey: { ...survey, tables }, findings: own, ignored: [], unmatched: [] }) };
  });
  expect(told).toEqual(oddPolicies.map(({ name, outcome }) => ({ name, outcome })));
});

it('mends without showing a row that was hidden, and what it mends is judged as mended', async () => {
  const before = await visible();
  const { findings } = await inspect();
  for (const statement of new Set(findings.flatMap(({ fix }) => fix))) await client.query(statement);
  const after = await visible();
  expect([...after].filter((row) => !before.has(row))).toEqual([]);
  expect([...after]).toContain(`plain_read, ${a}: ${a} false`);
  const left = (await inspect()).findings;
  expect(left.filter(({ level }) => level === 'error')).toEqual([]);
  // What is left is what was never understood, and has no SQL.
  expect(left.flatMap(({ fix }) => fix)).toEqual([]);
  const unclear = new Set(left.filter(({ rule }) => rule === 'policy-unclear').map(({ object }) => object));
  const shown = [...after].filter((row) => !unclear.has(`public.${row.split(',')[0]}.odd`));
  expect(shown.filter((row) => !row.includes(`, ${a}: ${a} `))).toEqual([]);
});
