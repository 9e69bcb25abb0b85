/** What a request of each build costs, and the candidate's cost against the base's, from the artefact `costs` of each block. */
import type { Evidence } from '../model/claim.ts';
import type { ArmCost } from '../model/arm-cost.ts';
import type { Missing } from './blocks-of.ts';
import { blocksOf } from './blocks-of.ts';
import { comparisonId } from './comparison-blocks.ts';

type CostName = Exclude<keyof ArmCost, 'arm' | 'requests'>;

/** The costs of one block, both builds having told the figure. */
export interface CostPair {
  block: number;
  base: { requests: number; amount: number };
  candidate: { requests: number; amount: number };
}

export type CostPairs = { pairs: CostPair[] } | { missing: Missing };

export function costPairs(evidence: Evidence, name: CostName, what: string): CostPairs {
  const found = blocksOf(evidence, comparisonId, ['costs']);
  if ('missing' in found) return found;
  const pairs: CostPair[] = [];
  for (const { measurement } of found.blocks) {
    const { costs } = measurement.artefacts;
    const side = (arm: ArmCost['arm']) => {
      const cost = costs.ok ? costs.value.find((one) => one.arm === arm) : undefined;
      const amount = cost?.[name] ?? null;
      return cost === undefined || amount === null ? null : { requests: cost.requests, amount };
    };
    const [base, candidate] = [side('base'), side('candidate')];
    if (base !== null && candidate !== null) {
      pairs.push({ block: measurement.block, base, candidate });
      continue;
    }
    const silent = base === null ? 'base' : 'candidate';
    const reason = `The ${silent} does not tell ${what} in block ${measurement.block}.`;
    return { missing: { reason, needs: `builds that tell ${what}: started by signoff from a revision or a folder` } };
  }
  return { pairs };
}
