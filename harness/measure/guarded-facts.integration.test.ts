/** Real violations beside a short block are in what is gathered for the guards. */
import { Client } from 'pg';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { Measurement } from '../model/measurement.ts';
import { measureBlock } from './measure-block.ts';
import { type PreparedBlock, prepareBlock } from './testing/short-block.ts';

const system = inject('system');
let prepared: PreparedBlock | undefined;

afterEach(() => prepared?.remove());

/** Runs the statement as the superuser as soon as the load tells its first figures; `before`: another one before the load. */
async function measureWhile(statement: string, before = 'select 1'): Promise<Measurement['artefacts']> {
  const block = await prepareBlock(system, {
    script: 'baseline-open.ts',
    workload: { kind: 'open', ratePerSecond: 20 },
  });
  prepared = block;
  const { host, port, database, adminUser: user, adminPassword: password } = system.postgres;
  const client = new Client({ host, port, database, user, password });
  await client.connect();
  await client.query(before);
  const ran: Promise<unknown>[] = [];
  const progress: typeof block.options.progress = (event) => {
    if (event.kind === 'live' && ran.length === 0) ran.push(client.query(statement));
  };
  try {
    const { artefacts } = await measureBlock({ ...block.options, progress });
    expect(ran).toHaveLength(1);
    await Promise.all(ran);
    return artefacts;
  } finally {
    await client.end();
  }
}

function factsOf<T>(artefact: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!artefact.ok) throw new Error(artefact.error.message);
  return artefact.value;
}

describe('while a block runs', () => {
  it('a healthy machine and database are seen as they are', async () => {
    const artefacts = await measureWhile('select 1');
    const database = factsOf(artefacts.database);
    expect(database).toMatchObject({ checkpointsRequested: 0, checkpointsTimed: 0 });
    expect(database.connectionBudget).toBeGreaterThan(50);
    expect(database.looks).toBeGreaterThanOrEqual(2);
    expect(database.after.filter(({ name }) => name === 'signals')).toEqual(
      database.before.filter(({ name }) => name === 'signals'),
    );
    expect(factsOf(artefacts.scheduling).slices).toBeGreaterThan(0);
    expect(factsOf(artefacts.machine).diskFreeBytes).toBeGreaterThan(0);
    expect(factsOf(artefacts.service)).toMatchObject([{ poolMax: 10, prepared: true }]);
  });

  it('a write to seeded data is seen', async () => {
    const { database } = await measureWhile(`update strategies set name = name`);
    const [before, after] = [factsOf(database).before, factsOf(database).after].map((tables) =>
      tables.find(({ name }) => name === 'strategies'),
    );
    expect(after?.writes).toBeGreaterThan(before?.writes ?? Number.NaN);
  });

  it('a forced checkpoint is seen', async () => {
    // It counts once all is written: after another one that is little, and done before the block is.
    const { database } = await measureWhile('checkpoint', 'checkpoint');
    expect(factsOf(database).checkpointsRequested).toBe(1);
  });
});
