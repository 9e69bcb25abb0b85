/** The probes in SQL: nothing on an intact system, time and again; and every one of them sees a defect that is planted for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../../../../reference-service/testing/admin-database.ts';
import { databaseDefects, tablesOfTests } from '../testing/database-defects.ts';
import { withDefect } from '../testing/planted-defect.ts';
import { sceneOfTests } from '../testing/scene-of-tests.ts';
import { blemishes, probesOf, violated } from '../testing/summaries.ts';
import { sqlSuite } from './sql-suite.ts';

const system = inject('system');
const RUNS = 3;
/** A run of the suite for each defect. */
const DEFECTS_TIMEOUT_MS = 600_000;
let admin: AdminDatabase;

beforeAll(async () => {
  admin = await connectAsAdmin();
});
afterAll(() => admin.end());

const runSuite = () => sqlSuite.run(sceneOfTests(system));

/** Of every table, so that a row which is added, removed or changed shows. */
async function dataNow(): Promise<unknown[]> {
  const sums: unknown[] = [];
  for (const table of tablesOfTests)
    sums.push(await admin.query(`select count(*), sum(hashtextextended(t::text, 0)) as sum from ${table} t`));
  return sums;
}

/** Of a form that nobody else sends: Postgres keeps one text for all statements of a form, that of the first. */
const talkingForm = Array.from({ length: 17 }, (_, index) => index).join(', ');

/** A session of the application's role that has written a tenant into the text of its statement, as bad code does. */
async function withTalkingSession<T>(action: () => Promise<T>): Promise<T> {
  const { host, port, database, appUser: user } = system.postgres;
  const password = readFileSync(join(system.directory, 'secrets', 'service', `${user}-password`), 'utf8').trim();
  const client = new pg.Client({ host, port, database, user, password });
  await client.connect();
  try {
    await client.query(`select ${talkingForm} as planted /* ${sceneOfTests(system).manifest.tenants[0]?.id ?? ''} */`);
    return await action();
  } finally {
    await client.end();
    await admin.query(
      "select pg_stat_statements_reset(userid, dbid, queryid) from pg_stat_statements where query like '%as planted /*%'",
    );
  }
}

describe('the probes in SQL', () => {
  it('see nothing on an intact system, every probe with a control, and change nothing', async () => {
    const before = await dataNow();
    for (let run = 0; run < RUNS; run += 1) expect(blemishes(await runSuite())).toEqual([]);
    expect(await dataNow()).toEqual(before);
  });

  it(
    'see every defect that is planted, and none of them is blind',
    async () => {
      const probes = new Set(probesOf(await runSuite()));
      const seeing = new Set<string>();
      const missed: string[] = [];
      for (const [name, defect] of Object.entries(databaseDefects)) {
        const counts = await withDefect(system, defect, runSuite);
        const seen = violated(counts);
        for (const probe of seen) seeing.add(probe);
        missed.push(
          ...defect.seenBy.filter((probe) => !seen.includes(probe)).map((probe) => `${name}: not seen by ${probe}`),
        );
      }
      for (const probe of violated(await withTalkingSession(runSuite))) seeing.add(probe);
      expect(missed).toEqual([]);
      expect([...probes].filter((probe) => !seeing.has(probe))).toEqual([]);
      expect(blemishes(await runSuite())).toEqual([]);
    },
    DEFECTS_TIMEOUT_MS,
  );

  it('are stopped by an interruption', async () => {
    const stopped = AbortSignal.abort(new Error('interrupted'));
    await expect(sqlSuite.run(sceneOfTests(system, { signal: stopped }))).rejects.toThrow('interrupted');
  });
});
