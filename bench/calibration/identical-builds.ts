/** Whether a run compares a build with itself: what comes out of it as different is a false alarm. */
import type { RunConfig } from '../../harness/model/run-config.ts';

export function isOfIdenticalBuilds({ comparison, plantedDefect }: RunConfig): boolean {
  if (comparison === undefined || plantedDefect !== null) return false;
  const { base, candidate } = comparison;
  if (base.regression !== null || candidate.regression !== null) return false;
  return base.contentHash === null ? base.ref === candidate.ref : base.contentHash === candidate.contentHash;
}
