import { describe, expect, it } from 'vitest';
import { recomputedFigures } from './document-arithmetic.ts';

describe('recomputedFigures', () => {
  it('has the right downtimes, the compound improvement and the mixed break-even', () => {
    const [downtime, improvement, breakEven] = recomputedFigures().map(({ recomputed }) =>
      recomputed.replaceAll('\u202f', ' '),
    );
    expect(downtime).toBe('99.95 %: 4 h 23 min; 99.99 %: 52 min 36 s');
    // 1 − 0.82 × 0.93 × 0.88 × 0.75 = 0.497
    expect(improvement).toContain('50 %');
    expect(breakEven).toBe('203 at a mean price of $219');
  });
});
