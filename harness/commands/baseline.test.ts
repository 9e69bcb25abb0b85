/** `baseline save` and `gate --against` on run folders on disk: what is kept, what is refused, and with which exit code. */
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBlock, measuredFromMs } from '../claims/testing/build-block.ts';
import { buildEvidence, experimentNamed, testProfile } from '../claims/testing/build-evidence.ts';
import { exponentialMs, steadyLoad } from '../claims/testing/sample-rows.ts';
import { baselineSchema } from '../model/baseline.ts';
import type { Profile } from '../model/experiment.ts';
import { seededRandom } from '../statistics/seeded-random.ts';
import { askSignoff } from './testing/ask-signoff.ts';
import { writeRunFolder } from './testing/write-run-folder.ts';

/** One load and one gate that needs no latency: what is refused here is refused for what this test changed. */
const profile: Profile = {
  ...testProfile,
  experiments: [experimentNamed('baseline')],
  gates: ['AC-1'],
};

/** The load of 100 users with latencies longer by `factor`. */
function evidenceOf(factor: number, seed: number) {
  const [experiment] = profile.experiments;
  if (experiment === undefined) throw new Error('no experiment');
  const random = seededRandom(seed);
  const rows = steadyLoad({
    ...{ fromMs: measuredFromMs, seconds: experiment.durationMs / 1000, perSecond: 98, seed },
    latencyMs: () => (5 + exponentialMs(random, 10)) * factor,
  });
  const evidence = buildEvidence({ baseline: [buildBlock({ experiment, block: 0, rows })] });
  return { ...evidence, experiments: profile.experiments };
}

let directory: string;
let file: string;
const folder = (name: string) => path.join(directory, name);

async function write(name: string, options: { factor?: number; defect?: string; readyMs?: number } = {}) {
  const evidence = { ...evidenceOf(options.factor ?? 1, 3), environmentReadyMs: options.readyMs ?? 9_000 };
  const plantedDefect = options.defect ?? null;
  await writeRunFolder({ directory: folder(name), runId: name, evidence, profile, plantedDefect });
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-baseline-'));
  file = folder('baseline.json');
  await write('healthy');
  await write('slower', { factor: 1.6 });
  await write('planted', { defect: 'drop-policy' });
  await write('failing', { readyMs: 1e9 });
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

const save = (name: string, ...flags: string[]) =>
  askSignoff('baseline', 'save', folder(name), '--out', file, ...flags);
const gate = (name: string, against: string, ...flags: string[]) =>
  askSignoff('gate', folder(name), '--against', against, ...flags);

describe('baseline save', () => {
  it('keeps a passing run as a file that says what it is of', async () => {
    const { code, out, err } = await save('healthy', '--json');
    expect(err).toBe('');
    expect(code).toBe(0);
    const kept = baselineSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(kept).toMatchObject({ runId: 'healthy', profile: 'quick', fingerprint: { 'data.tenants': '100' } });
    expect(kept.metrics.map(({ id }) => id)).toContain('baseline.p95');
    expect(JSON.parse(out)).toMatchObject({ saved: file, runId: 'healthy' });
  });

  it.each([
    ['planted', 2, /planted on purpose \(drop-policy\)/],
    ['failing', 1, /AC-1 is broken/],
  ])('refuses the %s run with exit %i and says why', async (name, expected, why) => {
    const { code, err } = await save(name, '--out', folder('never.json'));
    expect(code).toBe(expected);
    expect(err).toMatch(why);
    await expect(readFile(folder('never.json'))).rejects.toThrow();
  });

  it('refuses a folder that is not as it was sealed, and an action that there is not, with 64', async () => {
    await write('changed');
    await appendFile(path.join(folder('changed'), 'environment.json'), ' ');
    const changed = await save('changed');
    expect([changed.code, changed.err]).toEqual([64, expect.stringContaining('not as it was sealed')]);
    expect((await askSignoff('baseline', 'drop', folder('healthy'))).code).toBe(64);
  });
});

describe('gate --against', () => {
  beforeAll(async () => {
    await save('healthy');
  });

  it('passes an equal run and says that nothing can be told', async () => {
    const { code, out } = await gate('healthy', file);
    expect(code).toBe(0);
    expect(out).toContain('no change');
    expect(out).toContain('two runs at different times');
  });

  it('is red for latencies longer by three fifths, in words and as JSON', async () => {
    const { code, out } = await gate('slower', file, '--json');
    expect(code).toBe(1);
    const { verdict, against } = JSON.parse(out) as { verdict: string; against: { metrics: { outcome: string }[] } };
    expect(verdict).toBe('fail');
    expect(against.metrics.some(({ outcome }) => outcome === 'worse')).toBe(true);
    expect((await gate('slower', file)).out).toMatch(/✘ baseline\.p99 .*worse/);
  });

  it('leaves a failing run failing', async () => {
    expect((await gate('failing', file)).code).toBe(1);
  });

  it.each([
    ['missing', null, /cannot be read/],
    ['no JSON', '{ "schemaVersion": ', /cannot be read/],
    ['of another shape', '{ "schemaVersion": 1 }', /is no baseline/],
    ['of a later version', '{ "schemaVersion": 2 }', /schema version 2/],
  ])('is inconclusive with a baseline that is %s', async (name, text, why) => {
    const other = folder(`${name}.json`);
    if (text !== null) await writeFile(other, text);
    const { code, out } = await gate('healthy', other);
    expect(code).toBe(2);
    expect(out).toMatch(why);
  });

  it('is inconclusive with the baseline of another machine, and names what differs', async () => {
    const foreign = folder('foreign.json');
    await writeFile(foreign, (await readFile(file, 'utf8')).replace('"host.cores": "2"', '"host.cores": "96"'));
    const { code, out } = await gate('healthy', foreign);
    expect(code).toBe(2);
    expect(out).toContain('≠ host.cores: 96 in the baseline, 2 in the run');
  });
});
