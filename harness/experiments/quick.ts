/**
 * The quick profile: 240 s of load, warm-ups included, for a verdict while one waits.
 *
 * baseline 5 + 45 · target 5 + 35 · baseline-open 3 + 37 · target-open 3 + 27 · rls-cost 6 × (1.5 + 8.5) · isolation 2 + 18 = 240 s.
 * Baseline is the longest because it has the fewest samples: 4,500 in 45 s, of which correlation may take 14 of 15 before fewer
 * than 299 independent ones are left. Six blocks are the fewest that a comparison of arms is judged by.
 */
import type { Profile } from '../model/experiment.ts';
import { experimentOf } from './experiment-of.ts';

export const quick: Profile = {
  id: 'quick',
  title: 'Quick: four minutes of load, 100 tenants',
  tenants: 100,
  experiments: [
    experimentOf('baseline', { blocks: 1, warmUpMs: 5_000, durationMs: 45_000 }),
    experimentOf('target', { blocks: 1, warmUpMs: 5_000, durationMs: 35_000 }),
    experimentOf('baselineOpen', { blocks: 1, warmUpMs: 3_000, durationMs: 37_000 }),
    experimentOf('targetOpen', { blocks: 1, warmUpMs: 3_000, durationMs: 27_000 }),
    experimentOf('rlsCost', { blocks: 6, warmUpMs: 1_500, durationMs: 8_500 }),
    experimentOf('isolation', { blocks: 1, warmUpMs: 2_000, durationMs: 18_000 }),
  ],
  gates: [
    'AC-1',
    'LAT-500-BASELINE',
    'LAT-500-TARGET',
    'LAT-500-BASELINE-OPEN',
    'LAT-500-TARGET-OPEN',
    'LAT-100T',
    'LAT-1KT',
    'LAT-10KT',
    'RLS-COST',
    'SEC-ISO',
    'SEC-AUTHN',
    'SEC-AUTHZ',
  ],
};
