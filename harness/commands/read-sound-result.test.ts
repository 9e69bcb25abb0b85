/** A verdict that somebody wrote into result.json and sealed anew: nothing that shows a verdict believes it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildEvidence, experimentNamed, testProfile } from '../claims/testing/build-evidence.ts';
import type { Result } from '../model/result.ts';
import { openRun, sealRun } from '../store.ts';
import { readSoundResult } from './read-sound-result.ts';
import { askSignoff } from './testing/ask-signoff.ts';
import { writeRunFolder } from './testing/write-run-folder.ts';

let folder = '';
let run = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-sound-'));
  run = path.join(folder, 'run');
  const experiments = [experimentNamed('baseline')];
  // A gate that nothing was measured for: inconclusive.
  const profile = { ...testProfile, experiments, gates: ['AC-1', 'SEC-ISO'] };
  await writeRunFolder({ directory: run, runId: 'run', evidence: { ...buildEvidence(), experiments }, profile });
});

beforeEach(async () => {
  expect((await askSignoff('judge', run)).code).toBe(0);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function change(changed: Partial<Result>): Promise<void> {
  const opened = await openRun(run);
  const file = path.join(run, 'result.json');
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as Result), ...changed }));
  await sealRun(opened);
}

it('renders a result that is as it was judged', async () => {
  expect(await readSoundResult(await openRun(run))).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
  expect((await askSignoff('report', run)).code).toBe(0);
});

it.each<[string, Partial<Result>]>([
  ['verdict', { verdict: 'pass', exitCode: 0 }],
  ['verdict alone', { verdict: 'pass' }],
  ['exit code', { exitCode: 0 }],
  ['planted defect', { plantedDefect: 'slow' }],
  ['end of the run', { incomplete: 'It was interrupted.' }],
])('refuses a result with another %s, and judges it anew where it is asked to', async (_, changed) => {
  await change(changed);
  const report = await askSignoff('report', run);
  expect(report).toMatchObject({ code: 64, out: '' });
  expect(report.err).toContain(`${run}: result.json was changed: `);
  expect(report.err).toContain(`signoff judge ${run}`);
  const history = await askSignoff('history', folder);
  expect(history.code).toBe(64);
  expect(history.err).toContain('result.json was changed');
  expect((await askSignoff('gate', run)).code).toBe(2);
  expect((await askSignoff('judge', run)).code).toBe(0);
  expect((await askSignoff('report', run)).code).toBe(0);
});
