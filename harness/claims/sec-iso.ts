/** SEC-ISO: isolation of tenants, by probes under load and by the answers of every load. */
import type { Claim } from '../model/claim.ts';
import { judgeProbes } from './judge-probes.ts';

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
  judge: (evidence, { claims }) =>
    judgeProbes(evidence, {
      claim: 'SEC-ISO',
      experimentId: 'isolation',
      minimumSamples: claims['SEC-ISO'].minimumSamples,
    }),
};
