import { describe, expect, it } from 'vitest';
import { outcomeOf, worstOutcome } from './outcome.ts';
import { unmeasuredFinding } from './testing/build-finding.ts';
import { passingFindings } from './testing/passing-findings.ts';

describe('outcomeOf', () => {
  it('calls what was neither gated nor seen not measured, whatever its outcome field says', () => {
    const finding = unmeasuredFinding('LAT-1KT', 'title', ['LAT-1KT'], 300);
    expect(outcomeOf(finding)).toBe('not-measured');
    expect(outcomeOf({ ...finding, outcome: 'holds' })).toBe('not-measured');
  });

  it('keeps what was seen broken, gated or not', () => {
    expect(outcomeOf({ ...unmeasuredFinding('X', 'title', [], 1), outcome: 'broken' })).toBe('broken');
  });

  it('keeps a gated finding without a quantity inconclusive: it should have been measured', () => {
    expect(outcomeOf({ ...unmeasuredFinding('X', 'title', [], 1), gated: true })).toBe('inconclusive');
  });

  it('keeps the outcome of gated findings', () => {
    expect(
      passingFindings()
        .filter((finding) => finding.gated)
        .map(outcomeOf),
    ).toEqual(new Array(10).fill('holds'));
  });
});

describe('worstOutcome', () => {
  it('is broken before inconclusive before holds, and not measured of nothing', () => {
    expect(worstOutcome(['holds', 'broken', 'inconclusive'])).toBe('broken');
    expect(worstOutcome(['holds', 'inconclusive'])).toBe('inconclusive');
    expect(worstOutcome(['not-measured', 'holds'])).toBe('holds');
    expect(worstOutcome([])).toBe('not-measured');
  });
});
