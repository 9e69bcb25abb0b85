import { describe, expect, it } from 'vitest';
import { correctOmission } from './correct-omission.ts';

describe('correctOmission', () => {
  it('leaves answers alone that came before the next request was due', () => {
    expect(correctOmission([3, 999.5, 1_000], 1_000)).toEqual([3, 999.5, 1_000]);
  });

  it('adds what would have been sent while an answer was waited for', () => {
    expect(correctOmission([5, 3_400], 1_000)).toEqual([5, 3_400, 2_400, 1_400, 400]);
  });
});
