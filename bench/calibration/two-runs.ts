/**
 * The sequential Mann–Whitney test as two samples have it: one run after the other, drawn from different blocks. A machine drifts between
 * them, and a test that takes requests for independent would then call identical builds different nearly always; so that its error is what it
 * says, its observations are blocks, each one's percentile.
 */
import { percentile } from '../../harness/statistics/percentile.ts';
import type { Outcome } from './decide-many.ts';
import { requestsOf } from './decide-many.ts';
import { type Method, singlesOf } from './method.ts';
import { normalQuantile } from './normal-quantile.ts';
import type { RecordedBlock } from './recording.ts';

export interface TwoRuns {
  nextOfBase: () => RecordedBlock;
  nextOfCandidate: () => RecordedBlock;
  gate: Method['gate'];
  error: number;
  atMost: number;
}

/** One comparison; its requests are half of each drawn block's, because a run has one arm. */
export function decideTwoRuns({ nextOfBase, nextOfCandidate, gate, error, atMost }: TwoRuns): Outcome {
  const figures: { base: number[]; candidate: number[] } = { base: [], candidate: [] };
  const level = gate === 'median' ? 0.5 : 0.99;
  let requests = 0;
  let nextLook = 6;
  let looks = 0;
  for (let blocks = 1; blocks <= atMost; blocks += 1) {
    const [base, candidate] = [nextOfBase(), nextOfCandidate()];
    requests += (requestsOf(base) + requestsOf(candidate)) / 2;
    figures.base.push(percentile(singlesOf(base, 'baseMs'), level) ?? 0);
    figures.candidate.push(percentile(singlesOf(candidate, 'candidateMs'), level) ?? 0);
    if (blocks < nextLook) continue;
    looks += 1;
    nextLook = Math.ceil(blocks * 1.25);
    const spent = (error * 6) / (Math.PI * looks) ** 2;
    if (rankSum(figures) > normalQuantile(1 - spent)) return { decision: 'broken', blocks, requests };
  }
  return { decision: null, blocks: atMost, requests };
}

/** Standard normal where both come from one distribution; positive where the candidate's are higher. */
function rankSum({ base, candidate }: { base: readonly number[]; candidate: readonly number[] }): number {
  const sorted = base.toSorted((a, b) => a - b);
  const [n, m] = [base.length, candidate.length];
  const wins = candidate.reduce((total, value) => total + countBelow(sorted, value), 0);
  return (wins - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

/** How many are below, equal ones for half. */
function countBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  let equal = 0;
  while (sorted[low + equal] === value) equal += 1;
  return low + equal / 2;
}
