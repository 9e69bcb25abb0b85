/** `signoff mutate`, the whole program on a real system: what is seen, what is not, and what no longer fits the source. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killMatrixSchema } from './model/kill-matrix.ts';
import type { Mutant } from './model/mutant.ts';
import { type Bench, createBench } from './testing/run-signoff.ts';

/** The contract of `--json`. */
interface Answer {
  mutants: { id: string; layer: string; outcome: string; killedBy: string[] }[];
  idle: { layer: string; probe: string }[] | null;
  notTried: string[];
  verdict: string;
  exitCode: number;
}

const about = { claim: 'SEC-ISO', guarantee: 'None.', seenIn: 'A test.' } as const;

/** Nobody's rights change, and nothing that anybody is answered. */
const unseen: Mutant = {
  ...about,
  id: 'nobody-sees-it',
  layer: 'service',
  title: 'a word of the log is another one',
  replacements: [{ file: 'server.ts', pattern: "'draining'", replacement: "'drains'" }],
};

/** The source that it changes is not there any more. */
const outdated: Mutant = {
  ...about,
  id: 'of-another-version',
  layer: 'service',
  title: 'a line that is gone is changed',
  replacements: [{ file: 'server.ts', pattern: 'a line that is gone', replacement: '' }],
};

let bench: Bench;
let folder: string;

beforeAll(async () => {
  bench = await createBench();
  folder = path.join(bench.directory, 'mutants');
  await mkdir(folder);
  for (const mutant of [unseen, outdated]) {
    await writeFile(path.join(folder, `${mutant.id}.json`), JSON.stringify(mutant));
  }
});

afterAll(async () => {
  const left = await bench.processes();
  await bench.remove();
  expect(left).toEqual([]);
});

describe('mutate', () => {
  it('names what kills a mutant, what survives, and what could not be applied', async () => {
    const out = path.join(bench.directory, 'matrix');
    const wanted = ['rls-disabled', 'cache-key-without-tenant', unseen.id, outdated.id];
    const flags = ['--only', ...wanted, '--mutants', folder, '--out', out, '--environment', 'embedded', '--json'];
    const ended = await bench.run('mutate', ...flags);
    expect(ended.code, ended.err).toBe(1);
    const answer = JSON.parse(ended.out) as Answer;
    expect(Object.fromEntries(answer.mutants.map(({ id, outcome }) => [id, outcome]))).toEqual({
      'rls-disabled': 'killed',
      'cache-key-without-tenant': 'killed',
      [unseen.id]: 'survived',
      [outdated.id]: 'not-applied',
    });
    for (const { outcome, killedBy } of answer.mutants) expect(killedBy.length > 0).toBe(outcome === 'killed');
    expect(answer).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(answer.notTried.length).toBeGreaterThan(40);
    const stored = killMatrixSchema.parse(JSON.parse(await readFile(path.join(out, 'kill-matrix.json'), 'utf8')));
    expect(stored.mutants.find(({ id }) => id === unseen.id)).toMatchObject({
      reason: expect.stringMatching(/^no probe saw it/) as string,
    });
    expect(stored.mutants.find(({ id }) => id === outdated.id)?.reason).toContain('0 times');
    expect(stored.probes.filter(({ violations, controlFailures }) => violations + controlFailures > 0)).toEqual([]);
    expect(await bench.processes()).toEqual([]);
  });

  it('interrupted while a defect is planted takes it out, stops everything, keeps what it knows and ends with 130', async () => {
    const out = path.join(bench.directory, 'interrupted');
    const flags = ['--only', 'rls-disabled', 'session-context', '--environment', 'embedded', '--tenants', '4'];
    const { child, ended } = bench.start('mutate', ...flags, '--rows-per-tenant', '200', '--out', out);
    await new Promise<void>((resolve, reject) => {
      // The first is known: the second is next.
      child.stdout?.on('data', (text: string) => {
        if (text.includes('rls-disabled')) resolve();
      });
      void ended.then(({ err }) => reject(new Error(`ended before it could be interrupted: ${err}`)));
    });
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code, err).toBe(130);
    expect(err).toContain('interrupted by SIGINT; stopping what was started');
    expect(await bench.processes()).toEqual([]);
    const stored = killMatrixSchema.parse(JSON.parse(await readFile(path.join(out, 'kill-matrix.json'), 'utf8')));
    expect(stored.mutants.map(({ id }) => id)).toEqual(['rls-disabled']);
    expect(stored.notTried).toContain('session-context');
  });
});
