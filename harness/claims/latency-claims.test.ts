/** The claims about latency: healthy load holds, slow load is broken, too little of anything is inconclusive. */
import { describe, expect, it } from 'vitest';
import { notGathered } from '../model/artefact.ts';
import type { MeasuredBlock } from '../model/claim.ts';
import { lat100T } from './lat-100t.ts';
import { lat1KT } from './lat-1kt.ts';
import { lat500BaselineOpen } from './lat-500-baseline-open.ts';
import { lat500Baseline } from './lat-500-baseline.ts';
import { lat500TargetOpen } from './lat-500-target-open.ts';
import { lat500Target } from './lat-500-target.ts';
import { buildBlock, measuredFromMs } from './testing/build-block.ts';
import { buildEvidence, experimentNamed } from './testing/build-evidence.ts';
import { type SampleRow, type SteadyLoad, exponentialMs, steadyLoad } from './testing/sample-rows.ts';
import { testThresholds } from './testing/test-thresholds.ts';

const claims = [lat500Baseline, lat500Target, lat500BaselineOpen, lat500TargetOpen];

function load(parts: Partial<SteadyLoad> = {}): SampleRow[] {
  return steadyLoad({ fromMs: measuredFromMs, seconds: 20, perSecond: 100, seed: 9, ...parts });
}

function blockOf(rows: SampleRow[], id = 'baseline'): MeasuredBlock {
  return buildBlock({ experiment: experimentNamed(id), block: 0, rows });
}

function judgeBaseline(rows: SampleRow[]) {
  return lat500Baseline.judge(buildEvidence({ baseline: [blockOf(rows)] }), testThresholds);
}

describe.each(claims)('$id', (claim) => {
  const id = claim.experimentId as string;

  it('holds for a healthy load, with its interval and the endpoints', () => {
    const judgement = claim.judge(buildEvidence(), testThresholds);
    expect(judgement.outcome).toBe('holds');
    expect(judgement.quantity?.value).toBeGreaterThan(30);
    expect(judgement.quantity?.value).toBeLessThan(80);
    expect(judgement.quantity?.interval[1]).toBeLessThan(500);
    expect(judgement.evidence?.map((row) => row.label)).toEqual([
      'effective samples',
      'orders.create',
      'portfolios.list',
      'trades.list',
    ]);
  });

  it('is broken by 600 ms of added latency', () => {
    const rows = load({ latencyMs: (random) => 605 + exponentialMs(random, 10) });
    const judgement = claim.judge(buildEvidence({ [id]: [blockOf(rows, id)] }), testThresholds);
    expect(judgement.outcome).toBe('broken');
    expect(judgement.quantity?.interval[0]).toBeGreaterThan(600);
  });

  it('is inconclusive when its experiment was not measured', () => {
    const judgement = claim.judge(buildEvidence({ [id]: [] }), testThresholds);
    expect(judgement).toMatchObject({ outcome: 'inconclusive', reason: `No block of ${id} was measured.` });
  });
});

describe('a claim about p99', () => {
  it('is broken when three of a hundred requests are slow, and holds when one of a thousand is', () => {
    const slowShare = (share: number) => load({ latencyMs: (random) => (random() < share ? 800 : 20 + random()) });
    expect(judgeBaseline(slowShare(0.03)).outcome).toBe('broken');
    expect(judgeBaseline(slowShare(0.001)).outcome).toBe('holds');
  });

  it('says how much more it needs when the limit lies inside the interval', () => {
    const judgement = judgeBaseline(load({ latencyMs: (random) => (random() < 0.008 ? 800 : 20 + random()) }));
    expect(judgement).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(/its interval lies around the limit of 500 ms/) as string,
      needs: expect.stringMatching(
        /^about [\d,]+ more samples \(about [\d,]+ more seconds at the present 100 per second\)$/,
      ) as string,
    });
  });

  it('never holds on 50 samples, however fast', () => {
    const judgement = judgeBaseline(load({ perSecond: 5, seconds: 10 }));
    expect(judgement).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(/worth \d+ independent ones, fewer than 299/) as string,
    });
  });

  it('never holds when all that was slow came at once', () => {
    const judgement = judgeBaseline(load({ latencyMs: (random, second) => (second < 3 ? 200 : 20) + random() }));
    expect(judgement.outcome).toBe('inconclusive');
    expect(judgement.quantity?.effectiveSamples).toBeLessThan(299);
  });

  it('is inconclusive when the measured time is too short to see correlation', () => {
    const experiment = { ...experimentNamed('baseline'), durationMs: 4_000 };
    const block = buildBlock({ experiment, block: 0, rows: load({ seconds: 4, perSecond: 1000 }) });
    expect(lat500Baseline.judge(buildEvidence({ baseline: [block] }), testThresholds)).toMatchObject({
      outcome: 'inconclusive',
      needs: 'a measured time of at least six seconds',
    });
  });

  it('counts failed requests as slow, so that fast errors cannot make it hold', () => {
    const rows = load({ latencyMs: () => 3 }).map((row, index) => ({ ...row, status: index % 20 === 0 ? 500 : 200 }));
    const judgement = judgeBaseline(rows);
    expect(judgement.outcome).toBe('broken');
    expect(judgement.evidence?.[0]?.note).toContain('100 failed requests count as slower than the limit');
  });

  it('counts what began in the measured time, also when it ended after it; not the warm-up, not the logins', () => {
    const stall = load({ seconds: 1, perSecond: 100, fromMs: measuredFromMs + 19_000, latencyMs: () => 3000 });
    const slow = (fromMs: number) => load({ seconds: 5, fromMs, latencyMs: () => 2000 });
    const fast = load({ seconds: 19 });
    expect(judgeBaseline([...fast, ...stall]).outcome).not.toBe('holds');
    const warmUp = slow(measuredFromMs - 6_000);
    const logins = slow(measuredFromMs).map((row) => ({ ...row, setup: true }));
    expect(judgeBaseline([...load(), ...warmUp, ...logins]).outcome).toBe('holds');
  });

  it('is inconclusive when only another arm was measured, or nothing', () => {
    const filter = load().map((row) => ({ ...row, arm: 'filter' }));
    expect(judgeBaseline(filter)).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringContaining('No request of arm rls') as string,
    });
    expect(judgeBaseline([])).toMatchObject({ outcome: 'inconclusive', needs: 'at least 299 requests' });
  });

  it('is inconclusive when a block has no samples artefact or its file cannot be read, and names it', () => {
    const missing = blockOf(load());
    missing.measurement.artefacts.samples = notGathered('DISK', 'no space left');
    expect(lat500Baseline.judge(buildEvidence({ baseline: [missing] }), testThresholds)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'The artefact samples of baseline, block 0, is missing (DISK: no space left).',
    });
    const unreadable = { ...blockOf(load()), samples: null };
    expect(lat500Baseline.judge(buildEvidence({ baseline: [unreadable] }), testThresholds)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'The samples of baseline, block 0, cannot be read.',
    });
  });
});

describe('claims about a number of tenants', () => {
  it('are judged at that number, by their own limit', () => {
    expect(lat100T.judge(buildEvidence(), testThresholds).outcome).toBe('holds');
    const rows = load({ perSecond: 500, latencyMs: () => 250 });
    const evidence = buildEvidence({ target: [blockOf(rows, 'target')] });
    expect(lat100T.judge(evidence, testThresholds).outcome).toBe('broken');
    expect(lat500Target.judge(evidence, testThresholds).outcome).toBe('holds');
  });

  it('are inconclusive at any other', () => {
    expect(lat1KT.judge(buildEvidence(), testThresholds)).toMatchObject({
      outcome: 'inconclusive',
      needs: 'a run with --tenants 1000',
    });
  });
});
