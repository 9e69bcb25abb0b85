/**
 * Change points by E-divisive with means: cut where the energy statistic is largest, keep the cut if a permutation test finds it
 * significant, go on in the parts, stop at the first cut that is not. Matteson & James (2014), JASA 109:334; in use for histories of
 * benchmarks at MongoDB (Daly et al. 2020, ICPE) and in Apache Otava.
 *
 * The test permutes values within their parts, so its first step errs at the stated rate whatever the distribution, as long as the values
 * are exchangeable: a slow drift is also found as a change, which is what a reader of a history wants to know.
 */
import { energySplit } from './energy-split.ts';
import { seededRandom } from './seeded-random.ts';

export interface ChangePointOptions {
  /** Largest p-value of a change point. */
  significance: number;
  permutations: number;
  /** Fewest values between two change points, at least 2. */
  minimumLength: number;
  seed: number;
}

export interface ChangePoint {
  /** Of the first value after the change. */
  index: number;
  pValue: number;
}

/** Two ways of adding the same distances differ in their last digits; permutations that make the same parts must count as equal. */
const tieTolerance = 1e-9;

/** In order of their index. */
export function changePoints(series: readonly number[], options: ChangePointOptions): ChangePoint[] {
  const random = seededRandom(options.seed);
  const found: ChangePoint[] = [];
  for (;;) {
    const parts = cut(series, found);
    const best = bestSplit(parts, options.minimumLength);
    if (best === null || best.statistic <= 0) return found;
    const pValue = permutationPValue(parts, best.statistic, options, random);
    if (pValue > options.significance) return found;
    found.push({ index: best.index, pValue });
    found.sort((one, other) => one.index - other.index);
  }
}

interface Part {
  from: number;
  values: number[];
}

function cut(series: readonly number[], at: readonly ChangePoint[]): Part[] {
  const starts = [0, ...at.map(({ index }) => index)];
  return starts.map((from, part) => ({ from, values: series.slice(from, starts[part + 1]) }));
}

/** The largest statistic over all parts, its index counted in the whole series. */
function bestSplit(parts: readonly Part[], minimumLength: number): { index: number; statistic: number } | null {
  return parts.reduce<{ index: number; statistic: number } | null>((best, { from, values }) => {
    const split = energySplit(values, minimumLength);
    if (split === null || (best !== null && split.statistic <= best.statistic)) return best;
    return { index: from + split.index, statistic: split.statistic };
  }, null);
}

/** (1 + as large) / (1 + all): the data themselves are one of the permutations (Phipson & Smyth 2010, SAGMB 9:39). */
function permutationPValue(
  parts: readonly Part[],
  observed: number,
  { permutations, minimumLength }: ChangePointOptions,
  random: () => number,
): number {
  let asLarge = 1;
  for (let round = 0; round < permutations; round += 1) {
    const permuted = parts.map(({ from, values }) => ({ from, values: shuffled(values, random) }));
    const statistic = bestSplit(permuted, minimumLength)?.statistic ?? 0;
    if (statistic >= observed * (1 - tieTolerance)) asLarge += 1;
  }
  return asLarge / (permutations + 1);
}

/** Fisher & Yates, as in Durstenfeld 1964, CACM 7:420. */
function shuffled(values: readonly number[], random: () => number): number[] {
  const copy = [...values];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other] ?? 0, copy[last] ?? 0];
  }
  return copy;
}
