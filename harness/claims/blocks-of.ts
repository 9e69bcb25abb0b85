/** The blocks of an experiment, or the reason why a claim about it cannot be judged. */
import type { Evidence, MeasuredBlock } from '../model/claim.ts';
import type { SampledBlock } from '../model/measured-rows.ts';
import type { ArtefactName } from '../model/measurement.ts';

/** What stands in the way of judging, and what would remove it. */
export interface Missing {
  reason: string;
  needs: string;
}

export type BlocksOf = { blocks: MeasuredBlock[] } | { missing: Missing };

/** All blocks, if there are any and each has the artefacts that are required. */
export function blocksOf(evidence: Evidence, experimentId: string, requires: readonly ArtefactName[]): BlocksOf {
  const blocks = evidence.blocks.filter(({ measurement }) => measurement.experimentId === experimentId);
  if (blocks.length === 0) {
    return {
      missing: { reason: `No block of ${experimentId} was measured.`, needs: `a run that measures ${experimentId}` },
    };
  }
  for (const { measurement } of blocks) {
    const failed = requires.find((name) => !measurement.artefacts[name].ok);
    if (failed !== undefined) return { missing: missingArtefact(measurement, failed) };
  }
  return { blocks };
}

export type SampledBlocksOf = { blocks: (MeasuredBlock & SampledBlock)[] } | { missing: Missing };

/** As blocksOf, with samples that could be read. */
export function sampledBlocksOf(
  evidence: Evidence,
  experimentId: string,
  requires: readonly ArtefactName[],
): SampledBlocksOf {
  const found = blocksOf(evidence, experimentId, [...requires, 'samples']);
  if ('missing' in found) return found;
  const blocks: (MeasuredBlock & SampledBlock)[] = [];
  for (const { measurement, samples } of found.blocks) {
    if (samples === null) {
      const reason = `The samples of ${experimentId}, block ${measurement.block}, cannot be read.`;
      return { missing: { reason, needs: 'the run folder as it was written, or another run' } };
    }
    blocks.push({ measurement, samples });
  }
  return { blocks };
}

function missingArtefact(measurement: MeasuredBlock['measurement'], name: ArtefactName): Missing {
  const artefact = measurement.artefacts[name];
  const why = artefact.ok ? '' : ` (${artefact.error.code}: ${artefact.error.message})`;
  return {
    reason: `The artefact ${name} of ${measurement.experimentId}, block ${measurement.block}, is missing${why}.`,
    needs: `a run in which ${name} is gathered`,
  };
}
