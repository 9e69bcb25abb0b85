/** The verification after a load sees what it is there to see: a planted orphan, a row too many. */
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import type { ScratchDatabase } from '../testing/scratch-database.ts';
import { tableNames } from '../text/tables.ts';
import type { Table } from '../text/tables.ts';
import { listForeignKeys, verifyCounts, verifyForeignKey } from './verify-load.ts';

const { postgres } = inject('system');
const tenant = '00000000-0000-4000-8000-00000000000a';
const orphan = `insert into portfolios (id, tenant_id, name, base_currency) values (gen_random_uuid(), '${tenant}', 'orphan', 'USD')`;
let database: ScratchDatabase;
let client: Client;

beforeAll(async () => {
  database = await createScratchDatabase(postgres, { migrated: true });
  client = await database.connect();
});
afterAll(async () => {
  await client.end();
  await database[Symbol.asyncDispose]();
});

describe('verification', () => {
  const counts = Object.fromEntries(tableNames.map((table) => [table, 0])) as Record<Table, number>;

  it('accepts empty tables', async () => {
    const keys = await listForeignKeys(client);
    expect(keys.length).toBeGreaterThan(15);
    for (const key of keys) await verifyForeignKey(client, key);
    await verifyCounts(client, counts);
  });

  it('names the key that a row breaks, and only that one, and the table that has a row too many', async () => {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(orphan);
    const broken: string[] = [];
    for (const key of await listForeignKeys(client)) {
      await verifyForeignKey(client, key).catch((error: Error) => broken.push(error.message));
    }
    expect(broken).toEqual([expect.stringMatching(/^portfolios breaks portfolios_tenant_fkey: .*orphan/)]);
    await expect(verifyCounts(client, counts)).rejects.toThrow('portfolios: 0 rows were generated, the table has 1');
    await client.query('rollback');
  });
});
