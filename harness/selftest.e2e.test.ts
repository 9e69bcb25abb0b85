/** The selftest as a program: a planted regression is found by its claim, and what was found can be read afterwards. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selftestSchema } from './model/selftest.ts';
import { type Bench, createBench, readResultOf } from './testing/run-signoff.ts';
import { writePolicy } from './testing/write-policy.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await createBench();
});

afterAll(async () => {
  const left = await bench.processes();
  await bench.remove();
  expect(left).toEqual([]);
});

/** What is looked for is gross, on whatever machine: a neighbour's load must not make it prove nothing. */
const neighboursMayDo = {
  'foreign-cpu': 100,
  'host-steal': 100,
  'generator-cpu': 100,
  'generator-wait': 60_000,
  'achieved-rate': 5,
  'dropped-iterations': 100_000,
  'iteration-lag': 60_000,
  'users-at-ceiling': 100,
};

describe('signoff selftest', () => {
  it('sees a statement more in each transaction, by the claim about statements', async () => {
    const policy = await writePolicy(bench, ({ guards }) => {
      for (const [id, limit] of Object.entries(neighboursMayDo)) guards[id] = { ...guards[id], limit };
    });
    const out = path.join(bench.directory, 'selftest');
    const few = ['--tenants', '12', '--rows-per-tenant', '300', '--at-most', '90s'];
    const wanted = ['--only', 'extra-query', '--thresholds', policy, '--out', out, '--json'];
    const ended = await bench.run('selftest', ...few, ...wanted);
    expect(ended.code, ended.err).toBe(0);
    const printed = JSON.parse(ended.out) as { cases: Record<string, unknown>[] };
    expect(printed.cases.map((one) => Object.keys(one))).toEqual([['id', 'claim', 'outcome', 'quantity']]);
    expect(printed.cases[0]).toMatchObject({ id: 'extra-query', claim: 'CMP-STATEMENTS', outcome: 'found' });
    const stored = selftestSchema.parse(JSON.parse(await readFile(path.join(out, 'selftest.json'), 'utf8')));
    expect(stored.notTried).toHaveLength(10);
    const result = await readResultOf(path.join(out, 'extra-query'));
    expect(result.comparison?.candidate.regression).toBe('extra-query');
  });
});
