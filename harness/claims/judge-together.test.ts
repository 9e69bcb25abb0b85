/** Several gates keep the stated error together: bounds are stricter, say so, and planted violations are found all the same. */
import { describe, expect, it } from 'vitest';
import { allClaims } from './all-claims.ts';
import { judgeTogether } from './judge-together.ts';
import { shareConfidence } from './share-confidence.ts';
import { buildBlock, measuredFromMs } from './testing/build-block.ts';
import { buildEvidence, experimentNamed, testProfile } from './testing/build-evidence.ts';
import { steadyLoad } from './testing/sample-rows.ts';
import { testThresholds } from './testing/test-thresholds.ts';

const together = { gates: testProfile.gates, tenants: 100, looksAt: () => null };

function judge(evidence = buildEvidence(), figures: Parameters<typeof judgeTogether>[2] = together) {
  const judged = judgeTogether(evidence, testThresholds, figures);
  return Object.fromEntries(judged.map(({ claim, judgement }) => [claim.id, judgement]));
}

describe('shareConfidence', () => {
  it('counts what is measured: two claims about one load are one figure, counts take no part', () => {
    const { thresholds, shares } = shareConfidence(testThresholds, allClaims, together);
    expect([...shares.keys()].sort()).toEqual(['LAT-100T', 'LAT-500-BASELINE', 'LAT-500-TARGET', 'RLS-COST']);
    expect(thresholds.claims['LAT-100T'].confidence).toBeCloseTo(1 - 0.05 / 3, 12);
    expect(thresholds.claims['RLS-COST'].confidence).toBeCloseTo(1 - 0.05 / 3, 12);
    expect(thresholds.claims['SEC-ISO']).toEqual(testThresholds.claims['SEC-ISO']);
    expect(thresholds.claims['LAT-500-TARGET-OPEN'].confidence).toBe(0.95);
    expect(testThresholds.claims['LAT-100T'].confidence).toBe(0.95);
  });

  it('leaves a single figure that is looked at once its whole error', () => {
    const { thresholds } = shareConfidence(testThresholds, allClaims, { ...together, gates: ['LAT-500-TARGET'] });
    expect(thresholds.claims['LAT-500-TARGET'].confidence).toBeCloseTo(0.95, 12);
  });
});

describe('judgeTogether', () => {
  it('says by which confidence it judged, and why', () => {
    const found = judge()['LAT-500-TARGET'];
    expect(found?.outcome).toBe('holds');
    expect(found?.quantity?.confidence).toBeCloseTo(0.9833, 4);
    expect(JSON.stringify(found)).toContain('with 98.3 % confidence');
    expect(found?.evidence?.at(-1)).toEqual({
      label: 'confidence',
      note: '98.3 % for each bound, so that 95 % hold for the 3 gated figures of this run together',
    });
    const look = judge(buildEvidence(), { ...together, gates: ['LAT-500-TARGET'], looksAt: () => 2 });
    expect(look['LAT-500-TARGET']?.evidence?.at(-1)?.note).toBe(
      '98.8 % for each bound, so that 95 % hold for all looks at it, this being number 2',
    );
    expect(judge()['SEC-ISO']?.evidence?.some(({ label }) => label === 'confidence')).toBe(false);
  });

  it('finds a planted violation in one load, and leaves the others as they are', () => {
    const rows = steadyLoad({
      ...{ fromMs: measuredFromMs, seconds: 20, perSecond: 100, seed: 9 },
      latencyMs: (random) => (random() < 0.03 ? 800 : 20 + random()),
    });
    const slow = buildBlock({ experiment: experimentNamed('baseline'), block: 0, rows });
    const found = judge(buildEvidence({ baseline: [slow] }));
    expect(found['LAT-500-BASELINE']?.outcome).toBe('broken');
    expect(found['LAT-500-TARGET']?.outcome).toBe('holds');
    expect(found['RLS-COST']?.outcome).toBe('holds');
  });
});
