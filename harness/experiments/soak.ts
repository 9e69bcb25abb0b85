/** The soak profile: an hour of the target load in one piece, for what only shows with time. */
import type { Profile } from '../model/experiment.ts';
import { experimentOf } from './experiment-of.ts';

export const soak: Profile = {
  id: 'soak',
  title: 'Soak: one hour at 500 users, 100 tenants',
  tenants: 100,
  experiments: [experimentOf('target', { blocks: 1, warmUpMs: 30_000, durationMs: 3_600_000 })],
  // Isolation is looked at in every answer, but no probe tries to break it here: its claims need the isolation experiment.
  gates: ['AC-1', 'LAT-500-TARGET', 'LAT-100T', 'LAT-1KT', 'LAT-10KT'],
};
