/** What a run gates on and how often it looked, as its configuration and the policy say: what its error is shared among. */
import { countGateFigures } from '../claims/gates/judge-gates.ts';
import type { GatedFigures } from '../claims/share-confidence.ts';
import { policyGates } from '../model/policy-gates.ts';
import { type RunConfig, looksAt } from '../model/run-config.ts';
import type { ClaimId, Thresholds } from '../model/thresholds.ts';

/** `tenants`: how many there really were. What the policy only warns of or switches off takes no share. */
export function gatedFigures({ config, tenants, thresholds }: FiguresOf): GatedFigures {
  const levelOf = (id: string) => thresholds.claims[id as ClaimId].level ?? 'error';
  return {
    gates: config.profile.gates.filter((id) => levelOf(id) === 'error'),
    tenants,
    looksAt: (experimentId) => looksAt(config, experimentId),
    ofPolicy: countGateFigures(policyGates(thresholds), config.profile.experiments),
  };
}

export interface FiguresOf {
  config: RunConfig;
  tenants: number;
  thresholds: Thresholds;
}
