/** SEC-ISO: isolation of tenants, by probes under load that were seen to see, and by the answers of every load. */
import type { Claim } from '../model/claim.ts';
import { countOutcomes } from '../model/kill-matrix.ts';
import { judgeProbes } from './judge-probes.ts';
import { killMatrixWeakness } from './kill-matrix-weakness.ts';
import { numberText } from './number-text.ts';

export const secIso: Claim = {
  id: 'SEC-ISO',
  promised: 0,
  title: 'No tenant sees or touches what belongs to another',
  failureTitle: 'A tenant reached what belongs to another',
  why: 'One leak between tenants ends the product.',
  source: ['SEC-ISO', 'RIS-006', 'DP-1', 'DP-3'],
  experimentId: 'isolation',
  requires: ['probes'],
  decidesInInvalidRun: true,
  judge: (evidence, { claims }) => {
    const noticed = countOutcomes(evidence.killMatrix?.matrix?.mutants ?? []).killed;
    return judgeProbes(evidence, {
      claim: 'SEC-ISO',
      experimentId: 'isolation',
      minimumSamples: claims['SEC-ISO'].minimumSamples,
      distrust: killMatrixWeakness(evidence.killMatrix),
      trust: ` To try these probes, ${numberText(noticed)} defects were planted, and each was noticed.`,
    });
  },
};
