/** All claims over one run: a healthy one stays green, nothing at all is never a pass, and a crashed judge has found nothing. */
import { describe, expect, it } from 'vitest';
import { judgementSchema } from '../model/finding.ts';
import { thresholdsSchema } from '../model/thresholds.ts';
import { ac1 } from './ac-1.ts';
import { allClaims } from './all-claims.ts';
import { claimsAbout } from './comparison-claims.ts';
import { judgeClaims } from './judge-claims.ts';
import { buildEvidence } from './testing/build-evidence.ts';
import { testThresholds } from './testing/test-thresholds.ts';

describe('judgeClaims', () => {
  it('finds that a healthy run holds, except where it had another number of tenants', () => {
    const evidence = buildEvidence();
    const judged = judgeClaims(evidence, testThresholds, claimsAbout(evidence.experiments));
    const outcomes = Object.fromEntries(judged.map(({ claim, judgement }) => [claim.id, judgement.outcome]));
    const { 'LAT-1KT': thousand, 'LAT-10KT': tenThousand, ...rest } = outcomes;
    expect([thousand, tenThousand]).toEqual(['inconclusive', 'inconclusive']);
    expect(new Set(Object.values(rest))).toEqual(new Set(['holds']));
    for (const { judgement } of judged) expect(judgementSchema.parse(judgement)).toEqual(judgement);
  });

  it('finds nothing in nothing: no claim holds without evidence', () => {
    const evidence = { ...buildEvidence(), blocks: [], prerequisites: [] };
    const judged = judgeClaims(evidence, testThresholds);
    expect(judged.map(({ judgement }) => judgement.outcome)).toEqual(allClaims.map(() => 'inconclusive'));
  });

  it('takes a judge that crashes for inconclusive', () => {
    const crashing = {
      ...ac1,
      judge: () => {
        throw new Error('division by nothing');
      },
    };
    expect(judgeClaims(buildEvidence(), testThresholds, [crashing])[0]?.judgement).toMatchObject({
      outcome: 'inconclusive',
      reason: 'The judge of AC-1 crashed: division by nothing.',
    });
  });

  it('has one claim for every entry of the thresholds, each with its sources', () => {
    const ids = allClaims.map((claim) => claim.id);
    expect([...ids].sort()).toEqual(Object.keys(thresholdsSchema.shape.claims.shape).sort());
    expect(allClaims.every((claim) => claim.source.length > 0)).toBe(true);
  });
});
