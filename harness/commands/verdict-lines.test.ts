import { describe, expect, it } from 'vitest';
import { buildComparisonResult } from '../report/testing/build-comparison-result.ts';
import { buildPassingResult } from '../report/testing/build-result.ts';
import { verdictLines } from './verdict-lines.ts';

const plain = { colour: false };

describe('the verdict on the terminal', () => {
  it('shows both bounds of a claim about two builds', () => {
    const text = verdictLines(plain, buildComparisonResult());
    expect(text).toMatch(/CMP-STATEMENTS +0 % \[-1\.1 %, \+1\.1 %\], broken over \+2 %, holds up to \+7 %, n = 4,812/);
  });

  it('tells guards once, not with each claim that they hold back', () => {
    const result = buildComparisonResult();
    const findings = result.findings.map((finding) => ({
      ...finding,
      ...{ outcome: 'inconclusive' as const, needs: 'a run in which swap holds', heldBackBy: ['swap'] },
    }));
    const reasons = ['Guard swap failed in compare (observed 9, limit 0): Pages were swapped.'];
    const text = verdictLines(plain, { ...result, findings, reasons });
    expect(text.match(/\bswap\b/g)).toHaveLength(1);
    expect(text.match(/; held back by guards\n/g)).toHaveLength(findings.length);
  });

  it('shows the limit of all others', () => {
    expect(verdictLines(plain, buildPassingResult())).toMatch(/RLS-COST .*, limit \+25 %, n = /);
  });
});
