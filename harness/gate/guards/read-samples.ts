/** The samples of every block, or which block has none. */
import type { MeasuredBlock } from '../../model/claim.ts';
import type { SampledBlock } from '../../model/measured-rows.ts';

export function readSamples(blocks: readonly MeasuredBlock[]): { sampled: SampledBlock[] } | { unreadable: string } {
  const sampled: SampledBlock[] = [];
  for (const { measurement, samples } of blocks) {
    const { samples: artefact } = measurement.artefacts;
    if (samples === null) {
      const reason = artefact.ok ? `${artefact.value.file} is not readable` : artefact.error.message;
      return { unreadable: `samples of block ${measurement.block}: ${reason}` };
    }
    sampled.push({ measurement, samples });
  }
  return { sampled };
}
