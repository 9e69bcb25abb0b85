/** Answered requests per second with an interval by batch means: neighbouring seconds are alike, tenths of a block much less. */
import type { RequestColumns } from '../claims/request-columns.ts';
import type { Quantity } from '../model/quantity.ts';
import { blockMeanInterval } from '../statistics/block-mean-interval.ts';

/** Schmeiser 1982, Operations Research 30:556: 10 to 30 batches; more make each so short that they are no longer independent. */
const batchesPerBlock = 10;

/** null where there are no requests. Failed ones are not counted. */
export function requestRate(blocks: readonly RequestColumns[], confidence: number): Quantity | null {
  const rates = blocks.flatMap(batchRates);
  const samples = blocks.reduce((total, { failed }) => total + failed.filter((one) => one === 0).length, 0);
  if (samples === 0) return null;
  const { mean, interval } = blockMeanInterval(rates, confidence);
  return { value: mean, unit: '1/s', direction: 'higher-is-better', samples, interval, confidence };
}

function batchRates({ startedAtMs, failed, fromMs, toMs }: RequestColumns): number[] {
  const batchMs = (toMs - fromMs) / batchesPerBlock;
  const counts = new Array<number>(batchesPerBlock).fill(0);
  startedAtMs.forEach((at, index) => {
    const batch = Math.min(batchesPerBlock - 1, Math.floor((at - fromMs) / batchMs));
    if (failed[index] === 0) counts[batch] = (counts[batch] ?? 0) + 1;
  });
  return counts.map((count) => (count * 1000) / batchMs);
}
