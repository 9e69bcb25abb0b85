/** The full profile: every load in ten blocks or more, processes restarted between them; some 33 minutes of load. */
import type { Profile } from '../model/experiment.ts';
import { experimentOf } from './experiment-of.ts';
import { quick } from './quick.ts';

const latencyBlocks = { blocks: 10, warmUpMs: 5_000, durationMs: 30_000 };

export const full: Profile = {
  id: 'full',
  title: 'Full: half an hour of load in blocks, 100 tenants',
  tenants: 100,
  experiments: [
    experimentOf('baseline', latencyBlocks),
    experimentOf('target', latencyBlocks),
    experimentOf('baselineOpen', latencyBlocks),
    experimentOf('targetOpen', latencyBlocks),
    experimentOf('rlsCost', { blocks: 12, warmUpMs: 3_000, durationMs: 27_000 }),
    experimentOf('isolation', { blocks: 10, warmUpMs: 2_000, durationMs: 18_000 }),
    experimentOf('crossCheck', { blocks: 1, warmUpMs: 1_000, durationMs: 5_000 }),
  ],
  gates: [...quick.gates, 'LAT-500-BASELINE-OPEN', 'LAT-500-TARGET-OPEN'],
};
