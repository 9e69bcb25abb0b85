/** What the policy holds against a baseline: how much is called, what only warns, and that without a baseline nothing passes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import { askSignoff } from './testing/ask-signoff.ts';
import { writeStoredLoad } from './testing/stored-load.ts';

let directory = '';
const place = (name: string) => path.join(directory, name);
const own = 'http_req_duration{endpoint:trades.list}';
const relative = { [own]: [{ aggregation: 'med', relativeTo: 'baseline', limitRatio: 1.3, floor: 1 }] };

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-relative-'));
  await writeStoredLoad({ directory: place('first'), runId: 'first' });
  await writeStoredLoad({ directory: place('slower'), runId: 'slower', seed: 5, factor: 1.6 });
  await save('plain.json', {});
  await save('own.json', { gates: relative });
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function policy(change: object): Promise<string> {
  const file = place(`policy-${Object.keys(change).join('-')}-${JSON.stringify(change).length}.json`);
  await writeFile(file, JSON.stringify({ ...testThresholds, ...change }));
  return file;
}

async function save(name: string, change: object): Promise<void> {
  const flags = ['--out', place(name), '--thresholds', await policy(change)];
  const { code, err } = await askSignoff('baseline', 'save', place('first'), ...flags);
  expect([code, err]).toEqual([0, '']);
}

async function gate(run: string, against: string | null, change: object) {
  const flags = against === null ? [] : ['--against', place(against)];
  const { code, out } = await askSignoff('gate', place(run), '--json', ...flags, '--thresholds', await policy(change));
  return {
    code,
    ...(JSON.parse(out) as { reasons: string[]; against?: { metrics: { metric: string; outcome: string }[] } }),
  };
}

it('keeps the figure of a gate in the baseline, and calls it worse', async () => {
  expect(await readFile(place('own.json'), 'utf8')).toContain(`baseline.${own} med`);
  expect((await gate('first', 'own.json', { gates: relative })).code).toBe(0);
  const { code, reasons } = await gate('slower', 'own.json', { gates: relative });
  expect(code).toBe(1);
  expect(reasons.join('\n')).toContain(`baseline.${own} med is worse than the baseline`);
});

it('is inconclusive without a baseline, or with one that lacks the figure', async () => {
  const without = await gate('first', null, { gates: relative });
  expect(without.code).toBe(2);
  expect(without.reasons[0]).toContain('none was named: name one with --against FILE');
  const lacking = await gate('first', 'plain.json', { gates: relative });
  expect(lacking.code).toBe(2);
  expect(lacking.reasons[0]).toContain('which has no such figure: save it anew');
});

it('calls as much as the policy says', async () => {
  const kinds = (entry: object) => ({ p50: entry, p95: entry, p99: entry });
  expect((await gate('slower', 'plain.json', {})).code).toBe(1);
  expect((await gate('slower', 'plain.json', { baseline: kinds({ unit: 'ms', limitRatio: 3 }) })).code).toBe(0);
  expect((await gate('slower', 'plain.json', { baseline: kinds({ unit: 'ms', floor: 500 }) })).code).toBe(0);
  const warned = await gate('slower', 'plain.json', { baseline: kinds({ unit: 'ms', level: 'warn' }) });
  expect(warned.code).toBe(0);
  expect(warned.reasons.join('\n')).toContain('baseline.p95 is worse than the baseline, a warning only by the policy');
  const off = await gate('slower', 'plain.json', { baseline: kinds({ unit: 'ms', level: 'off' }) });
  expect(off.code).toBe(0);
  expect(off.reasons.join('\n')).toContain('Switched off by the policy: baseline.p50, baseline.p95, baseline.p99.');
});

it('takes what a claim says of its own figure before what the policy says of its kind', async () => {
  const claim = { ...testThresholds.claims['LAT-500-BASELINE'], relativeTo: 'baseline', limitRatio: 4 };
  const claims = { ...testThresholds.claims, 'LAT-500-BASELINE': claim };
  const { against } = await gate('slower', 'plain.json', { claims });
  const outcomes = Object.fromEntries((against?.metrics ?? []).map(({ metric, outcome }) => [metric, outcome]));
  expect(outcomes).toMatchObject({ 'baseline.p95': 'worse', 'baseline.p99': 'no-change' });
  expect((await gate('first', null, { claims })).code).toBe(2);
});

it('keeps no baseline of a run in which a guard does not count', async () => {
  const guards = { ...testThresholds.guards, 'foreign-cpu': { limit: 15, unit: '%', level: 'off' } };
  const flags = ['--out', place('never.json'), '--thresholds', await policy({ guards })];
  const { code, err } = await askSignoff('baseline', 'save', place('first'), ...flags);
  expect(code).toBe(2);
  expect(err).toContain('The policy switched off guard foreign-cpu: the run is not known to be valid.');
});
