import { expect, it } from 'vitest';
import { asRecorded } from './as-recorded.ts';
import type { RecordedBlock } from './recording.ts';

/** Every pair of a block is slower by the same factor, in both orders. */
function block(factor: number): RecordedBlock {
  return {
    baseMs: Float64Array.from({ length: 8 }, () => 2),
    candidateMs: Float64Array.from({ length: 8 }, () => 2 * factor),
    candidateFirst: Uint8Array.from({ length: 8 }, (_, index) => index % 2),
    endpoint: Array.from({ length: 8 }, () => 'trades.list'),
    tenant: new Int32Array(8),
    unpaired: 0,
    baseCpuMs: null,
    candidateCpuMs: null,
  };
}

it('sees a side that is favoured in every block', () => {
  const { mean, standardError, deviation } = asRecorded([1.04, 1.06, 1.04, 1.06].map(block));
  expect(mean).toBeCloseTo((Math.log(1.04) + Math.log(1.06)) / 2, 10);
  expect(deviation).toBeCloseTo((Math.log(1.06) - Math.log(1.04)) / Math.sqrt(3), 10);
  expect(standardError).toBeCloseTo(deviation / 2, 10);
});
