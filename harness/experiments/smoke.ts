/**
 * The smoke profile: every stage of the pipeline once, in 45 s of load, to test signoff itself.
 *
 * baseline 1 + 6 · target 1 + 12 · baseline-open 1 + 4 · rls-cost 6 × (0.5 + 1) · isolation 1 + 10 = 45 s.
 * What so short a time cannot decide is measured and shown, but not gated: a p99 wants hundreds of independent samples, the cost of
 * row-level security wants longer blocks.
 */
import type { Profile } from '../model/experiment.ts';
import { experimentOf } from './experiment-of.ts';

export const smoke: Profile = {
  id: 'smoke',
  title: 'Smoke: 45 seconds of load, 12 tenants; tests signoff, not the architecture',
  tenants: 12,
  experiments: [
    experimentOf('baseline', { blocks: 1, warmUpMs: 1_000, durationMs: 6_000 }),
    experimentOf('target', { blocks: 1, warmUpMs: 1_000, durationMs: 12_000 }),
    experimentOf('baselineOpen', { blocks: 1, warmUpMs: 1_000, durationMs: 4_000 }),
    experimentOf('rlsCost', { blocks: 6, warmUpMs: 500, durationMs: 1_000 }),
    experimentOf('isolation', { blocks: 1, warmUpMs: 1_000, durationMs: 10_000 }),
  ],
  gates: ['AC-1', 'SEC-ISO', 'SEC-AUTHN', 'SEC-AUTHZ'],
};
