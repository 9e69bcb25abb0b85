/** By whose policy builds were compared is told in every report where it is not a matter of course. */
import { describe, expect, it } from 'vitest';
import { verdictLines } from '../commands/verdict-lines.ts';
import type { ComparedPolicy } from '../model/build.ts';
import type { Result } from '../model/result.ts';
import { comparedPolicySentences } from './compared-policy.ts';
import { renderMarkdown } from './render-markdown.ts';
import { comparisonSection } from './sections/comparison.ts';
import { buildComparisonResult } from './testing/build-comparison-result.ts';

const ofBase: ComparedPolicy = { of: 'base', whyNotBase: null, differs: [], candidateChanges: [] };
const change = 'claims.CMP-TAIL.limit 1 → 40';

function comparedBy(policy: Partial<ComparedPolicy>): Result {
  const result = buildComparisonResult();
  if (result.comparison === undefined) throw new Error('the fixture compares nothing');
  return { ...result, comparison: { ...result.comparison, policy: { ...ofBase, ...policy } } };
}

describe('the policy of a comparison', () => {
  it('goes without saying where it is the base’s and the candidate has the same', () => {
    expect(comparedPolicySentences(comparedBy({}))).toEqual([]);
    expect(comparedPolicySentences(buildComparisonResult())).toEqual([]);
  });

  it('is told in terminal and reports where the candidate changes it', async () => {
    const result = comparedBy({ candidateChanges: [change] });
    const told = `The candidate changes thresholds.json; the base’s decided. Changed: ${change}.`;
    expect(comparedPolicySentences(result)).toEqual([told]);
    expect(verdictLines({ colour: false }, result)).toContain(told);
    expect(renderMarkdown(result)).toContain('The candidate changes thresholds.json; the base’s decided.');
    expect((await comparisonSection(result))?.body.source).toContain(`<p class="notice neutral">${told}</p>`);
  });

  it('is told where it is not the base’s', () => {
    const whyNotBase = 'the base has none';
    expect(comparedPolicySentences(comparedBy({ of: 'project', whyNotBase, differs: [change] }))).toEqual([
      `Compared by the project’s thresholds.json, because the base has none. Against the base’s it has ${change}.`,
    ]);
    const named = comparedPolicySentences(comparedBy({ of: 'file', differs: [change], candidateChanges: ['x 1 → 2'] }));
    expect(named[0]).toContain('Compared by a policy that --thresholds named.');
    expect(named[1]).toContain('the file that --thresholds named decided. Changed: x 1 → 2.');
  });

  it('counts what is too much to name', () => {
    const candidateChanges = Array.from({ length: 20 }, (_, index) => `x${index} 1 → 2`);
    expect(comparedPolicySentences(comparedBy({ candidateChanges }))[0]).toMatch(/x11 1 → 2; and 8 more\.$/);
  });

  it('decided at first where the run was judged anew by another', () => {
    const result = comparedBy({ candidateChanges: [change] });
    const policy = { sha256: 'a'.repeat(64), firstSha256: 'b'.repeat(64), switchedOff: [], warnings: [] };
    expect(comparedPolicySentences({ ...result, policy })[0]).toContain('the base’s decided at first.');
  });
});
