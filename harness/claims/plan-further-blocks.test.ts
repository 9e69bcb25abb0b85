/** What is measured on: open latency claims that the verdict waits for, as long as is needed and allowed; nothing else. */
import { describe, expect, it } from 'vitest';
import type { MeasuredBlock } from '../model/claim.ts';
import { planFurtherBlocks } from './plan-further-blocks.ts';
import { whyNotFurther } from './why-not-further.ts';
import { buildBlock, measuredFromMs } from './testing/build-block.ts';
import { buildEvidence, experimentNamed } from './testing/build-evidence.ts';
import { steadyLoad } from './testing/sample-rows.ts';
import { testThresholds } from './testing/test-thresholds.ts';

const baseline = experimentNamed('baseline');
const figures = { gates: ['LAT-500-BASELINE', 'LAT-500-TARGET', 'SEC-ISO'], tenants: 100, looksAt: () => 1 };

/** 0.8 % of the requests are slow: the limit lies inside the interval. */
function openBlock(block = 0): MeasuredBlock {
  const latencyMs = (random: () => number) => (random() < 0.008 ? 800 : 20 + random());
  const rows = steadyLoad({ fromMs: measuredFromMs, seconds: 20, perSecond: 100, seed: 9 + block, latencyMs });
  return buildBlock({ experiment: baseline, block, rows });
}

function plan(blocks: Record<string, MeasuredBlock[]>, leftMs = 600_000, gates = figures.gates) {
  const evidence = buildEvidence(blocks);
  return planFurtherBlocks({ evidence, thresholds: testThresholds, figures: { ...figures, gates }, leftMs });
}

describe('planFurtherBlocks', () => {
  it('asks for blocks of the experiment that is open, and says why', () => {
    const further = plan({ baseline: [openBlock()] });
    expect(further).toMatchObject({
      experimentId: 'baseline',
      open: [{ id: 'LAT-500-BASELINE', reason: expect.stringContaining('its interval lies around') as string }],
    });
    expect(further?.blocks).toBeGreaterThan(1);
    expect(further?.loadMs).toBe((further?.blocks ?? 0) * (baseline.warmUpMs + baseline.durationMs));
  });

  it('asks for no more than the time that is left has room for', () => {
    const perBlockMs = baseline.warmUpMs + baseline.durationMs;
    expect(plan({ baseline: [openBlock()] }, 2 * perBlockMs + 1)?.blocks).toBe(2);
    expect(plan({ baseline: [openBlock()] }, perBlockMs - 1)).toBeNull();
  });

  it('takes small steps while it knows little: at most four times what there is', () => {
    const evidence = { baseline: [openBlock()] };
    expect(plan(evidence)?.blocks).toBeLessThanOrEqual(4);
  });

  it('asks for nothing where all is decided, where the verdict does not wait for it, or where time does not help', () => {
    expect(plan({})).toBeNull();
    expect(plan({ baseline: [openBlock()] }, 600_000, ['LAT-500-TARGET'])).toBeNull();
    expect(plan({ baseline: [] })).toBeNull();
    expect(plan({ baseline: [{ ...openBlock(), samples: null }] })).toBeNull();
  });

  it('asks for more where the time is too short to tell how requests hang together', () => {
    const short = { ...baseline, durationMs: 4_000 };
    const rows = steadyLoad({ fromMs: measuredFromMs, seconds: 4, perSecond: 100, seed: 3 });
    expect(plan({ baseline: [buildBlock({ experiment: short, block: 0, rows })] })).toMatchObject({
      experimentId: 'baseline',
    });
  });
});

describe('whyNotFurther', () => {
  it.each<[string, Record<string, MeasuredBlock[]>, string[], string]>([
    ['all is decided', {}, figures.gates, 'every gated percentile is decided'],
    ['no percentile is gated', {}, ['SEC-ISO'], 'no percentile is gated in this profile'],
    [
      'something else is open',
      { 'rls-cost': [] },
      [...figures.gates, 'RLS-COST'],
      'every gated percentile is decided; RLS-COST undecided: only percentiles are measured on',
    ],
    [
      'time does not help',
      { baseline: [] },
      figures.gates,
      'LAT-500-BASELINE undecided, and further load would not decide it',
    ],
    [
      'the time is over',
      { baseline: [openBlock()] },
      figures.gates,
      'LAT-500-BASELINE undecided, and what is left of the time has no room for a further block',
    ],
  ])('says that %s', (_, blocks, gates, said) => {
    const evidence = buildEvidence(blocks);
    const question = { evidence, thresholds: testThresholds, figures: { ...figures, gates }, leftMs: 1 };
    expect(whyNotFurther(question)).toBe(said);
  });
});
