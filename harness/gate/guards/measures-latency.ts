/** Whether latency is claimed of an experiment; guards of the rate of load mean nothing where it is not. */
import type { Experiment } from '../../model/experiment.ts';

const probing = 'isolation';

/**
 * Probes make any number of requests an iteration, and one that finds no free user waits for another turn: neither changes what
 * they see, and a probe that was never answered keeps its claim from holding anyway.
 */
export function measuresLatency(experiment: Experiment): boolean {
  return experiment.scenario.id !== probing;
}
