/** The claims about two builds, and which claims a run is about. */
import type { Claim } from '../model/claim.ts';
import type { Experiment } from '../model/experiment.ts';
import { allClaims } from './all-claims.ts';
import { comparisonId } from './comparison-blocks.ts';

export const comparisonClaims: readonly Claim[] = allClaims.filter(({ experimentId }) => experimentId === comparisonId);

/** A comparison of builds says nothing of the architecture, and another run nothing of builds. */
export function claimsAbout(experiments: readonly Experiment[]): readonly Claim[] {
  const compares = experiments.some(({ id }) => id === comparisonId);
  return compares ? comparisonClaims : allClaims.filter(({ experimentId }) => experimentId !== comparisonId);
}
