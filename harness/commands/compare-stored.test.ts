/** Two stored runs: large effects are called, small ones are not, and what cannot be compared is never a pass. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunComparison } from '../baseline/compare-runs.ts';
import { openRun, sealRun } from '../store.ts';
import { compareStored } from './compare-stored.ts';
import { askSignoff, testContext } from './testing/ask-signoff.ts';
import { writeStoredLoad } from './testing/stored-load.ts';

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-compare-'));
  const load = (runId: string) => ({ directory: path.join(directory, runId), runId });
  await writeStoredLoad(load('first'));
  await writeStoredLoad({ ...load('again'), seed: 4 });
  await writeStoredLoad({ ...load('slower'), seed: 5, factor: 1.6 });
  await writeStoredLoad({ ...load('planted'), seed: 5, factor: 1.6, plantedDefect: 'drop-policy' });
  await writeStoredLoad({ ...load('elsewhere'), change: ({ environment }) => (environment.host.cores = 96) });
  await writeStoredLoad({
    ...load('invalid'),
    change: ({ blocks }) => {
      const artefact = blocks.find(({ measurement }) => measurement.experimentId === 'baseline')?.measurement.artefacts
        .host;
      if (artefact?.ok === true) artefact.value.stealShare = 0.5;
    },
  });
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function compare(first: string, second: string, json = true) {
  const { context, text } = testContext();
  const code = await compareStored(context, path.join(directory, first), path.join(directory, second), { json });
  return { code, text, document: json ? (JSON.parse(text.out) as RunComparison & { exitCode: number }) : null };
}

it('is quiet about another drawing of the same load', async () => {
  const { code, document } = await compare('first', 'again');
  expect(code).toBe(0);
  expect(document).toMatchObject({ verdict: 'pass', first: 'first', second: 'again', exitCode: 0 });
  for (const { outcome, ratio } of document?.metrics ?? []) {
    expect(outcome).toBe('no-change');
    expect(ratio?.interval[0]).toBeLessThanOrEqual(1);
    expect(ratio?.interval[1]).toBeGreaterThanOrEqual(1);
  }
});

it('calls latencies that are longer by three fifths, and in the other direction calls them better', async () => {
  const worse = await compare('first', 'slower');
  expect(worse.code).toBe(1);
  const p95 = worse.document?.metrics.find(({ metric }) => metric === 'baseline.p95');
  expect(p95).toMatchObject({ outcome: 'worse' });
  expect(p95?.ratio?.value).toBeGreaterThan(1.4);
  expect(p95?.ratio?.interval[0]).toBeGreaterThan(1);
  const better = await compare('slower', 'first', false);
  expect(better.code).toBe(0);
  expect(better.text.out).toMatch(/baseline\.p95 .*✔ better/);
  expect(better.text.out).toContain('PASS  exit 0');
});

it.each([[['first', 'first']], [['first', '../DIRECTORY/first']]])(
  'refuses the same run twice: %j',
  async ([one = '', other = '']) => {
    const again = compare(one, other.replace('DIRECTORY', path.basename(directory)));
    await expect(again).rejects.toMatchObject({ code: 'BAD_ARGUMENT', exitCode: 64 });
    await expect(again).rejects.toThrow('are the same run, first');
  },
);

it.each([true, false])(
  'decides nothing by a run in which something was planted, and says so (json: %s)',
  async (json) => {
    const { code, text } = await compare('first', 'planted', json);
    expect(code).toBe(2);
    expect(text.out).toContain('In the second run something was planted on purpose (drop-policy)');
  },
);

it('says that a comparison of builds is not held against another run', async () => {
  const run = path.join(directory, 'builds');
  await writeStoredLoad({ directory: run, runId: 'builds' });
  const opened = await openRun(run);
  const build = { ref: 'main', kind: 'revision', commit: null, dirty: false, contentHash: null, regression: null };
  const config = { ...opened.config, comparison: { base: build, candidate: build } };
  await writeFile(path.join(run, 'config.json'), JSON.stringify(config));
  await sealRun(opened);
  for (const [first, second] of [
    ['first', 'builds'],
    ['builds', 'first'],
  ] as const) {
    await expect(compare(first, second)).rejects.toMatchObject({
      exitCode: 64,
      message: expect.stringContaining('builds is a comparison of two builds') as string,
      hint: expect.stringContaining('signoff gate') as string,
    });
  }
});

it('refuses flags of a live comparison for stored runs', async () => {
  const runs = [path.join(directory, 'first'), path.join(directory, 'again')];
  const { code, err } = await askSignoff('compare', ...runs, '--base', 'HEAD', '--at-most', '1m', '--seed', 'other');
  expect(code).toBe(64);
  expect(err).toContain('--base, --at-most, --seed: only for compare --live');
});

it('is inconclusive between machines, and names what differs', async () => {
  const { code, text } = await compare('first', 'elsewhere', false);
  expect(code).toBe(2);
  expect(text.out).toContain('≠ host.cores: first 2, second 96');
});

it.each([
  ['first', 'invalid', 'of the second, the run is invalid for it: guard foreign-cpu, host-steal failed'],
  ['invalid', 'first', 'of the first, the run is invalid for it: guard foreign-cpu, host-steal failed'],
])('is inconclusive between %s and %s, and says why', async (first, second, why) => {
  const { code, document } = await compare(first, second);
  expect(code).toBe(2);
  expect(document?.metrics[0]).toMatchObject({ outcome: 'undecided', explanation: `${why}.` });
});
