/** SEC-AUTHZ: roles on routes that are not theirs. */
import type { Claim } from '../model/claim.ts';
import { judgeProbes } from './judge-probes.ts';

export const secAuthz: Claim = {
  id: 'SEC-AUTHZ',
  promised: 0,
  title: 'Each role may do what its row says, and no more',
  failureTitle: 'A role did what it may not',
  why: 'A viewer who trades is as costly as a stranger who trades.',
  source: ['SEC-AUTHZ'],
  experimentId: 'isolation',
  requires: ['probes'],
  decidesInInvalidRun: true,
  judge: (evidence, { claims }) =>
    judgeProbes(evidence, {
      claim: 'SEC-AUTHZ',
      experimentId: 'isolation',
      minimumSamples: claims['SEC-AUTHZ'].minimumSamples,
    }),
};
