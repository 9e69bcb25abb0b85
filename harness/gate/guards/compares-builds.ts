/** Whether builds are compared, and not modes of one build: what is asked about may then differ between the arms. */
import type { Experiment } from '../../model/experiment.ts';

export function comparesBuilds({ arms }: Experiment): boolean {
  return arms.includes('base') || arms.includes('candidate');
}
