/** Percentile bootstrap of a mean, blocks drawn with replacement (Efron 1979, Annals of Statistics 7:1). Too narrow for few blocks. */
import { percentileOfSorted } from './percentile.ts';
import { seededRandom } from './seeded-random.ts';

export interface BootstrapQuestion {
  /** One figure per block. */
  blocks: readonly number[];
  /** Of each bound, one-sided. */
  confidence: number;
  resamples: number;
  seed: number;
}

/** [null, null] with fewer than two blocks. */
export function bootstrapOverBlocks(question: BootstrapQuestion): [number | null, number | null] {
  const { blocks, confidence, resamples, seed } = question;
  if (blocks.length < 2) return [null, null];
  const random = seededRandom(seed);
  const means = Float64Array.from({ length: resamples }, () => {
    let total = 0;
    for (let drawn = 0; drawn < blocks.length; drawn += 1) {
      total += blocks[Math.floor(random() * blocks.length)] ?? 0;
    }
    return total / blocks.length;
  }).sort();
  return [percentileOfSorted(means, 1 - confidence), percentileOfSorted(means, confidence)];
}
