/** SEC-AUTHN: forged, expired, unsigned and missing tokens. */
import type { Claim } from '../model/claim.ts';
import { judgeProbes } from './judge-probes.ts';

export const secAuthn: Claim = {
  id: 'SEC-AUTHN',
  promised: 0,
  title: 'Only valid tokens are let in',
  failureTitle: 'A token that is not valid was let in',
  why: 'Every other check rests on knowing who asks.',
  source: ['SEC-AUTHN'],
  experimentId: 'isolation',
  requires: ['probes'],
  decidesInInvalidRun: true,
  judge: (evidence, { claims }) =>
    judgeProbes(evidence, {
      claim: 'SEC-AUTHN',
      experimentId: 'isolation',
      minimumSamples: claims['SEC-AUTHN'].minimumSamples,
    }),
};
