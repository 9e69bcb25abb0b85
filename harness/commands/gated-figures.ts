/** What a run gates on and how often it looked, as its configuration says: what its error is shared among. */
import type { GatedFigures } from '../claims/share-confidence.ts';
import { type RunConfig, looksAt } from '../model/run-config.ts';

/** `tenants`: how many there really were. */
export function gatedFigures(config: RunConfig, tenants: number): GatedFigures {
  return { gates: config.profile.gates, tenants, looksAt: (experimentId) => looksAt(config, experimentId) };
}
