/** RLS-COST: equal or slightly dearer arms hold, dear ones are broken, and without pairs of the right arms nothing is said. */
import { describe, expect, it } from 'vitest';
import type { MeasuredBlock } from '../model/claim.ts';
import { rlsCost } from './rls-cost.ts';
import { buildBlock, measuredFromMs } from './testing/build-block.ts';
import { buildEvidence, experimentNamed } from './testing/build-evidence.ts';
import { type PairedLoad, pairedLoad } from './testing/sample-rows.ts';
import { testThresholds } from './testing/test-thresholds.ts';

const experiment = experimentNamed('rls-cost');

function blocksWith(factors: (block: number) => PairedLoad['factors'], count = 6): MeasuredBlock[] {
  return Array.from({ length: count }, (_, block) => {
    const rows = pairedLoad({
      fromMs: measuredFromMs,
      seconds: 4,
      perSecond: 40,
      seed: block,
      factors: factors(block),
    });
    return buildBlock({ experiment, block, rows });
  });
}

function judge(blocks: MeasuredBlock[]) {
  return rlsCost.judge(buildEvidence({ 'rls-cost': blocks }), testThresholds);
}

function setMode(block: MeasuredBlock, arm: string, mode: string): void {
  const { service } = block.measurement.artefacts;
  if (!service.ok) throw new Error('no service facts');
  for (const instance of service.value) if (instance.arm === arm) instance.mode = mode;
}

describe('RLS-COST', () => {
  it('holds for arms that are alike, at a ratio of 1', () => {
    const judgement = judge(blocksWith(() => ({ rls: 1, filter: 1, bare: 1 })));
    expect(judgement.outcome).toBe('holds');
    expect(judgement.quantity?.value).toBeCloseTo(1, 1);
    expect(judgement.quantity?.interval[0]).toBeLessThan(1);
    expect(judgement.quantity?.interval[1]).toBeGreaterThan(1);
  });

  it('holds at 10 % more, and shows every endpoint and the bare arm', () => {
    const judgement = rlsCost.judge(buildEvidence(), testThresholds);
    expect(judgement.outcome).toBe('holds');
    expect(judgement.quantity?.value).toBeCloseTo(1.1, 1);
    expect(judgement.evidence?.map((row) => row.label)).toEqual([
      'orders.create',
      'portfolios.list',
      'trades.list',
      'all endpoints, against bare',
      'bootstrap over blocks, for comparison',
      'requests left out',
    ]);
    expect(judgement.evidence?.[0]?.quantity?.value).toBeCloseTo(1.1, 1);
    expect(judgement.evidence?.[3]?.quantity?.value).toBeCloseTo(1.375, 1);
  });

  it('is broken at 40 % more: an extra query', () => {
    const judgement = judge(blocksWith(() => ({ rls: 1.4, filter: 1 })));
    expect(judgement.outcome).toBe('broken');
    expect(judgement.quantity?.interval[0]).toBeGreaterThan(1.25);
  });

  it('is inconclusive when blocks disagree, and says how many more it needs', () => {
    const judgement = judge(blocksWith((block) => ({ rls: block % 2 === 0 ? 1.05 : 1.35, filter: 1 })));
    expect(judgement).toMatchObject({
      outcome: 'inconclusive',
      needs: expect.stringMatching(/^about [\d,]+ more blocks$/) as string,
    });
  });

  it('is inconclusive with five blocks, or with too few pairs', () => {
    expect(judge(blocksWith(() => ({ rls: 1, filter: 1 }), 5))).toMatchObject({
      outcome: 'inconclusive',
      needs: '1 more blocks',
    });
    const thresholds = structuredClone(testThresholds);
    thresholds.claims['RLS-COST'].minimumSamples = 5000;
    expect(rlsCost.judge(buildEvidence(), thresholds)).toMatchObject({
      outcome: 'inconclusive',
      needs: expect.stringMatching(/more pairs$/) as string,
    });
  });

  it('is inconclusive when an arm is missing from a block', () => {
    const blocks = blocksWith((block) => (block === 3 ? { rls: 1 } : { rls: 1, filter: 1 }));
    expect(judge(blocks)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'Block 3 of rls-cost has no pair of the arms rls and filter.',
    });
  });

  it('is inconclusive when the arm called rls runs in another mode', () => {
    const blocks = blocksWith(() => ({ rls: 1, filter: 1 }));
    setMode(blocks[2] as MeasuredBlock, 'rls', 'filter');
    expect(judge(blocks)).toMatchObject({ outcome: 'inconclusive', reason: 'Arm rls of block 2 reports mode filter.' });
  });

  it('compares within a pair only: failed requests and their partners are left out', () => {
    const blocks = blocksWith(() => ({ rls: 1, filter: 1 }));
    for (const { samples } of blocks) samples?.status.fill(500, 0, 40);
    const judgement = judge(blocks);
    expect(judgement.outcome).toBe('holds');
    expect(judgement.quantity?.samples).toBe(6 * (160 - 20));
  });

  it('says nothing of no blocks and of no samples', () => {
    expect(judge([]).outcome).toBe('inconclusive');
    expect(judge(Array.from({ length: 6 }, (_, block) => buildBlock({ experiment, block, rows: [] }))).outcome).toBe(
      'inconclusive',
    );
  });
});
