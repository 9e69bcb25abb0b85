/** Makes an experiment of a scenario: its hypothesis and arms are fixed, how long and how often is the profile's. */
import type { Experiment } from '../model/experiment.ts';
import { knownLoads } from '../model/known-loads.ts';
import { scenarios } from './scenarios.ts';

type ScenarioName = keyof typeof scenarios;

const hypotheses: Record<ScenarioName, string> = {
  baseline: 'With 100 users, 99 of 100 requests are answered within the limit.',
  target: 'With 500 users, 99 of 100 requests are answered within the limit.',
  baselineOpen:
    'At the rate of 100 users, 99 of 100 requests are answered within the limit, also when answers are late.',
  targetOpen: 'At the rate of 500 users, 99 of 100 requests are answered within the limit, also when answers are late.',
  rlsCost: 'Row-level security adds no more to the latency of a request than the limit, against an explicit filter.',
  compare: 'The candidate answers as fast as the base, with no more failures, and spends no more on a request.',
  crossCheck: 'Two independent generators measure the same latency of the same request.',
  isolation:
    'Under load no tenant reaches what belongs to another, no false token is taken, no role exceeds its rights.',
};

export interface Extent {
  blocks: number;
  warmUpMs: number;
  durationMs: number;
  seed?: number;
}

/** One seed for every profile: the same draws, so that profiles differ in their length only. */
const sharedSeed = 20_260;

export function experimentOf(name: ScenarioName, { seed = sharedSeed, ...extent }: Extent): Experiment {
  return {
    id: scenarios[name].id,
    hypothesis: hypotheses[name],
    scenario: scenarios[name],
    arms: [...knownLoads[scenarios[name].id].arms],
    ...extent,
    order: 'interleaved',
    seed,
  };
}
