/** Takes one artefact of every block, or says which block has none. */
import type { MeasuredBlock } from '../../model/claim.ts';
import type { ArtefactName, Measurement } from '../../model/measurement.ts';

type Value<N extends ArtefactName> = Extract<Measurement['artefacts'][N], { ok: true }>['value'];

export type ReadArtefacts<N extends ArtefactName> = { values: Value<N>[] } | { unreadable: string };

export function readArtefact<N extends ArtefactName>(blocks: readonly MeasuredBlock[], name: N): ReadArtefacts<N> {
  const values: Value<N>[] = [];
  for (const { measurement } of blocks) {
    const artefact = measurement.artefacts[name];
    if (!artefact.ok) return { unreadable: `${name} of block ${measurement.block}: ${artefact.error.message}` };
    values.push(artefact.value);
  }
  return { values };
}
