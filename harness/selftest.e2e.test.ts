/** The selftest as a program: a planted regression is found by its claim, and what was found can be read afterwards. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selftestSchema } from './model/selftest.ts';
import { type Bench, createBench, readResultOf } from './testing/run-signoff.ts';
import { writePatientPolicy } from './testing/write-policy.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await createBench();
});

afterAll(async () => {
  const left = await bench.processes();
  await bench.remove();
  expect(left).toEqual([]);
});

describe('signoff selftest', () => {
  it('sees a statement more in each transaction, by the claim about statements', async () => {
    const policy = await writePatientPolicy(bench);
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
