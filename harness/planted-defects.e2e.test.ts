import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench, readResultOf, type Bench } from './testing/run-signoff.ts';
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

describe('a planted defect turns the right claims red, and no other', () => {
  const few = ['--tenants', '12', '--rows-per-tenant', '300'];
  const hundred = ['--tenants', '100', '--rows-per-tenant', '100'];

  it.each([
    ['drop-policy', 'isolation', ['--profile', 'smoke', ...few], ['SEC-ISO']],
    ['expired-sessions', 'isolation', ['--profile', 'smoke', ...few], ['SEC-AUTHN']],
    ['viewer-may-write', 'isolation', ['--profile', 'smoke', ...few], ['SEC-AUTHZ']],
    ['slow-answers', 'target', ['--duration', '12s', ...hundred], ['LAT-100T', 'LAT-500-TARGET']],
    ['extra-query', 'rls-cost', ['--duration', '3s', ...few], ['RLS-COST']],
  ])('%s, seen by %s', async (defect, experiment, flags, red) => {
    const policy = await writePatientPolicy(bench);
    const out = path.join(bench.directory, `${defect}-${experiment}`);
    const wanted = ['--only', experiment, '--defect', defect, '--thresholds', policy, '--out', out];
    const ended = await bench.run('run', ...flags, ...wanted);
    const result = await readResultOf(out);
    const broken = result.findings.filter(({ outcome }) => outcome === 'broken').map(({ id }) => id);
    expect(broken.sort(), ended.err).toEqual(red);
    expect(result).toMatchObject({ verdict: 'fail', exitCode: 1, plantedDefect: defect });
    expect(ended.code).toBe(1);
  });
});
