/** The experiment that compares two builds, and its blocks as pairs. */
import type { Evidence, MeasuredBlock } from '../model/claim.ts';
import type { SampledBlock } from '../model/measured-rows.ts';
import type { GuardId } from '../model/thresholds.ts';
import { type Missing, sampledBlocksOf } from './blocks-of.ts';
import { type ComparedPairs, comparedPairs } from './compared-pairs.ts';

export const comparisonId = 'compare';

/**
 * Guards that a real difference between builds can fail, or that can only hide one. An iteration that was dropped or came late, because every
 * user waited for a slow answer, is missing from both builds. Time that neighbours took, or the hypervisor, is taken from both: each pair is sent
 * within milliseconds, in random order, and how much blocks differ is in the interval. It dilutes a difference, and makes none of identical
 * builds; so what is broken in spite of them is broken, and what holds does not.
 */
export const guardsThatHide: readonly GuardId[] = [
  'dropped-iterations',
  'achieved-rate',
  'users-at-ceiling',
  'iteration-lag',
  'foreign-cpu',
  'host-steal',
];

export type ComparedBlocks = { blocks: ComparedPairs[] } | { missing: Missing };

/** Every block must have pairs: one without is a load that did not run, not one that found nothing. */
export function comparedBlocks(evidence: Evidence): ComparedBlocks {
  const found = sampledBlocksOf(evidence, comparisonId, []);
  if ('missing' in found) return found;
  const blocks = found.blocks.map(pairsOf);
  const empty = found.blocks[blocks.findIndex(({ endpoint }) => endpoint.length === 0)];
  if (empty === undefined) return { blocks };
  return {
    missing: {
      reason: `Block ${empty.measurement.block} of the comparison has no pair that both builds answered.`,
      needs: 'a run in which both builds answer in every block',
    },
  };
}

/** Every claim about two builds asks for the same pairs. */
const known = new WeakMap<object, ComparedPairs>();

function pairsOf(block: MeasuredBlock & SampledBlock): ComparedPairs {
  const found = known.get(block.samples) ?? comparedPairs(block);
  known.set(block.samples, found);
  return found;
}

/** Endpoint of the pairs that are bursts of requests at once, as scenarios/compare.ts names them. */
const burst = 'burst';

/** Bursts left out: the slowest of eight answers is no request of which 99 of 100 are quicker. They are judged as an endpoint. */
export function singleRequests(pairs: ComparedPairs): ComparedPairs {
  const keep = (_: unknown, index: number) => pairs.endpoint[index] !== burst;
  return {
    ...pairs,
    baseMs: pairs.baseMs.filter(keep),
    candidateMs: pairs.candidateMs.filter(keep),
    candidateFirst: pairs.candidateFirst.filter(keep),
    endpoint: pairs.endpoint.filter(keep),
    tenant: pairs.tenant.filter(keep),
  };
}
