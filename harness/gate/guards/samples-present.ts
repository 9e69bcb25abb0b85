/** Guard: every declared block brought samples from its measured time. */
import { measuredRows } from '../../model/measured-rows.ts';
import type { Guard } from './guard.ts';

export const samplesPresent: Guard = {
  id: 'samples-present',
  title: 'Samples in every block',
  why: 'Without samples nothing was measured, and a percentile of nothing must not pass.',
  bound: 'at-least',
  read: ({ experiment, blocks }) => {
    if (blocks.length < experiment.blocks) {
      return { observed: 0, detail: `${blocks.length} of ${experiment.blocks} blocks were measured` };
    }
    const counts: number[] = [];
    for (const { measurement, samples } of blocks) {
      const artefact = measurement.artefacts.samples;
      if (!artefact.ok) return { unreadable: `samples of block ${measurement.block}: ${artefact.error.message}` };
      if (samples === null)
        return { unreadable: `samples of block ${measurement.block}: ${artefact.value.file} is not readable` };
      counts.push(measuredRows({ measurement, samples }).length);
    }
    return { observed: Math.min(...counts) };
  },
};
