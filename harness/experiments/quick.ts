/**
 * The quick profile: 376 s of load, warm-ups included, for a verdict while one waits.
 *
 * baseline 5 + 160 · target 5 + 120 · baseline-open 2 + 7 · target-open 2 + 7 · rls-cost 6 × (1 + 6.5) · isolation 2 + 15 · cross-check 1 + 5
 * = 376 s.
 * The two loads of the approval condition have more than half of it. On a shared machine it is the number of pauses that decides what a
 * p99 is worth, not the number of requests: at load average 7, 4,426 requests in 45 s were worth 140, because two pauses had all the slow
 * ones. A calm minute and a half at 100 users was worth 213 to 1,550 independent requests, and each of the three gated figures needs 408.
 * The same rates as open load are measured beside them, shown, and gated where there is time for them, in the full profile.
 * Six blocks are the fewest that a comparison of arms is judged by.
 */
import type { Profile } from '../model/experiment.ts';
import { experimentOf } from './experiment-of.ts';

export const quick: Profile = {
  id: 'quick',
  title: 'Quick: about six minutes of load, 100 tenants',
  tenants: 100,
  experiments: [
    experimentOf('baseline', { blocks: 1, warmUpMs: 5_000, durationMs: 160_000 }),
    experimentOf('target', { blocks: 1, warmUpMs: 5_000, durationMs: 120_000 }),
    experimentOf('baselineOpen', { blocks: 1, warmUpMs: 2_000, durationMs: 7_000 }),
    experimentOf('targetOpen', { blocks: 1, warmUpMs: 2_000, durationMs: 7_000 }),
    experimentOf('rlsCost', { blocks: 6, warmUpMs: 1_000, durationMs: 6_500 }),
    experimentOf('isolation', { blocks: 1, warmUpMs: 2_000, durationMs: 15_000 }),
    experimentOf('crossCheck', { blocks: 1, warmUpMs: 1_000, durationMs: 5_000 }),
  ],
  gates: [
    'AC-1',
    'LAT-500-BASELINE',
    'LAT-500-TARGET',
    'LAT-100T',
    'LAT-1KT',
    'LAT-10KT',
    'RLS-COST',
    'SEC-ISO',
    'SEC-AUTHN',
    'SEC-AUTHZ',
  ],
};
