/**
 * What is usually done instead, on the same blocks, so that the difference can be seen.
 *
 * naive: one look at the end; slower where a percentile of one arm is a fixed share over that of the other.
 * bootstrap: one look at the end; slower where the 95 % bootstrap intervals of the two percentiles do not overlap (Efron 1979). The bootstrap
 * distribution of a quantile is that of an order statistic with a binomial rank, so that no resampling is needed.
 * mann-whitney: the rank-sum test of two samples (Mann & Whitney 1947, Ann. Math. Stat. 18:50), every request taken for independent, looked at
 * again when there are a quarter more blocks, the error spent on the looks by 6 / (π² k²), which add up to one.
 */
import { type Histogram, addTo, countOf, newHistogram, valueAtRank } from './histogram.ts';
import { type Judge, type Method, singlesOf } from './method.ts';
import { normalQuantile } from './normal-quantile.ts';

interface Arms {
  base: Histogram;
  candidate: Histogram;
}

/** What the naive rule takes for slower. */
const naiveShare = { median: 0.05, tail: 0.2 } as const;
const levels = { median: 0.5, tail: 0.99 } as const;

export interface Extent {
  /** Blocks after which methods of one look decide: 60 s of load for the median, 5 min for the tail. */
  blocks: Record<Method['gate'], number>;
  /** Chance of a false alarm that the sequential test may spend. */
  error: Record<Method['gate'], number>;
}

export function otherMethods({ blocks, error }: Extent): Method[] {
  const gates = ['median', 'tail'] as const;
  return [
    ...gates.map((gate): Method => {
      const title = `naive: p${levels[gate] * 100} over base × ${1 + naiveShare[gate]}`;
      return { id: 'naive', title, gate, begin: () => atEnd(blocks[gate], gate, isOverShare) };
    }),
    ...gates.map((gate): Method => {
      const title = `bootstrap: 95 % intervals of p${levels[gate] * 100} apart`;
      return { id: 'bootstrap', title, gate, begin: () => atEnd(blocks[gate], gate, areApart) };
    }),
    ...gates.map((gate): Method => {
      const title = 'sequential Mann–Whitney, all requests';
      return { id: 'mann-whitney', title, gate, begin: () => mannWhitneyJudge(error[gate]) };
    }),
  ];
}

type Rule = (arms: Arms, gate: Method['gate']) => boolean;

function atEnd(last: number, gate: Method['gate'], isSlower: Rule): Judge {
  const arms: Arms = { base: newHistogram(), candidate: newHistogram() };
  let blocks = 0;
  return (block) => {
    blocks += 1;
    addTo(arms.base, singlesOf(block, 'baseMs'));
    addTo(arms.candidate, singlesOf(block, 'candidateMs'));
    if (blocks !== last) return null;
    return isSlower(arms, gate) ? 'broken' : 'holds';
  };
}

function isOverShare({ base, candidate }: Arms, gate: Method['gate']): boolean {
  const at = (arm: Histogram) => valueAtRank(arm, levels[gate] * (countOf(arm) - 1));
  return at(candidate) > at(base) * (1 + naiveShare[gate]);
}

function areApart({ base, candidate }: Arms, gate: Method['gate']): boolean {
  const bound = (arm: Histogram, sign: 1 | -1) => {
    const count = countOf(arm);
    const level = levels[gate];
    return valueAtRank(arm, level * count + sign * normalQuantile(0.975) * Math.sqrt(count * level * (1 - level)));
  };
  return bound(candidate, -1) > bound(base, 1);
}

export function mannWhitneyJudge(error: number): Judge {
  const arms: Arms = { base: newHistogram(), candidate: newHistogram() };
  let blocks = 0;
  let nextLook = 6;
  let looks = 0;
  return (block) => {
    blocks += 1;
    addTo(arms.base, singlesOf(block, 'baseMs'));
    addTo(arms.candidate, singlesOf(block, 'candidateMs'));
    if (blocks < nextLook) return null;
    looks += 1;
    nextLook = Math.ceil(blocks * 1.25);
    const spent = (error * 6) / (Math.PI * looks) ** 2;
    return rankStatistic(arms) > normalQuantile(1 - spent) ? 'broken' : null;
  };
}

/** Standard normal where the arms are alike and all requests independent; positive where the candidate is slower. */
export function rankStatistic({ base, candidate }: Arms): number {
  const [n, m] = [countOf(base), countOf(candidate)];
  let below = 0;
  let wins = 0;
  for (const [bin, count] of candidate.entries()) {
    const equal = base[bin] ?? 0;
    wins += count * (below + equal / 2);
    below += equal;
  }
  return (wins - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
