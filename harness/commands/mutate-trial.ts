/** A mutant while it is tried: what was asked of it so far, what was seen, and what is to be asked next. */
import { asSignoffError } from '../model/errors.ts';
import { isOfConfiguration, isSound, type TriedMutant, type TriedProbe } from '../model/kill-matrix.ts';
import type { ProbeCount } from '../model/measurement.ts';
import type { Mutant, MutantLayer } from '../model/mutant.ts';
import { type ProbeLayer, probeLayers } from '../model/probe-layer.ts';
import { findKills, judgeMutant } from './kill-matrix-rows.ts';

export interface Trial<Of extends Mutant = Mutant> {
  mutant: Of;
  /** Twice where the first answers left something open. */
  asked: ProbeLayer[];
  seen: ProbeCount[];
  /** Why it could not be planted; null where it could. */
  refusal: string | null;
  wallMs: number;
}

/**
 * Those that reach the layer by themselves, in the order in which they are asked. Only where none of the first sees anything, the next
 * are asked, and in the end all others: a survivor has survived every probe, and what is seen at once takes little time.
 */
export const ownStages: Record<MutantLayer, readonly (readonly ProbeLayer[])[]> = {
  postgres: [['sql']],
  redis: [['redis']],
  vault: [['vault']],
  service: [['api'], ['pool', 'telemetry']],
};

export function newTrial<Of extends Mutant>(mutant: Of): Trial<Of> {
  return { mutant, asked: [], seen: [], refusal: null, wallMs: 0 };
}

export function refuse(trial: Trial, error: unknown): void {
  trial.refusal = asSignoffError(error).message;
}

const isUnasked =
  ({ asked }: Trial) =>
  (layer: ProbeLayer): boolean =>
    !asked.includes(layer);

const unaskedOfRequired = (trial: Trial): ProbeLayer[] => (trial.mutant.mustBeSeenBy ?? []).filter(isUnasked(trial));

/**
 * Layers without an answer so far: not asked, or asked once, and a probe that decides on the intact system did not. That is what a busy
 * machine does to those of response times; the second time nobody else is asked beside it.
 */
const isOpen =
  (trial: Trial, intact: readonly TriedProbe[]) =>
  (layer: ProbeLayer): boolean => {
    const times = trial.asked.filter((each) => each === layer).length;
    if (times !== 1) return times === 0;
    const silent = trial.seen.filter((count) => count.layer === layer && count.kind === 'probe' && isSilent(count));
    return silent.some(({ probe }) => intact.some((row) => row.layer === layer && row.probe === probe && isSound(row)));
  };

const isSilent = ({ count, undecided }: ProbeCount): boolean => count > 0 && undecided === count;

/** Nobody has seen anything of it but a difference from what is declared, and it could be planted. */
const goesOn = (trial: Trial, intact: readonly TriedProbe[]): boolean => {
  const kills = findKills(intact, trial.seen);
  return trial.refusal === null && (kills.length === 0 || isOfConfiguration(kills));
};

/**
 * Layers that are to be asked next: those that must see it by themselves; then, as long as nobody has seen it, all others, and those
 * once more whose answers left something open. Empty where it was noticed by whoever must, or could not be planted.
 */
export function openLayers(trial: Trial, intact: readonly TriedProbe[]): ProbeLayer[] {
  if (trial.refusal !== null) return [];
  const kills = findKills(intact, trial.seen);
  const required = (trial.mutant.mustBeSeenBy ?? []).filter(
    (layer) => !kills.some((kill) => kill.layer === layer) && isOpen(trial, intact)(layer),
  );
  if (required.length > 0) return required;
  return goesOn(trial, intact) ? probeLayers.filter(isOpen(trial, intact)) : [];
}

/**
 * Of those that reach its own layer by themselves: the ones that must see it, then stage by stage. Empty where none of them is left, and
 * where it is for others to see it first.
 */
export function nextOwnLayers(trial: Trial, intact: readonly TriedProbe[]): readonly ProbeLayer[] {
  const stages = ownStages[trial.mutant.layer];
  const required = unaskedOfRequired(trial);
  if (trial.refusal !== null) return [];
  if (required.length > 0) return required.filter((layer) => stages.flat().includes(layer));
  if (!goesOn(trial, intact)) return [];
  return stages.map((stage) => stage.filter(isUnasked(trial))).find((stage) => stage.length > 0) ?? [];
}

export async function ask(
  trial: Trial,
  layers: readonly ProbeLayer[],
  probe: (layers: readonly ProbeLayer[]) => Promise<ProbeCount[]>,
): Promise<void> {
  const answers = await probe(layers);
  // The second answer of a layer stands for the first, which nobody had seen it by.
  trial.seen = [...trial.seen.filter(({ layer }) => !layers.includes(layer)), ...answers];
  trial.asked.push(...layers);
}

export function endTrial({ mutant, asked, seen, refusal, wallMs }: Trial, intact: readonly TriedProbe[]): TriedMutant {
  const { id, layer, title, claim, coveredBy = null, configurationOnly } = mutant;
  const about = {
    ...{ id, layer, title, claim, coveredBy, asked: [...new Set(asked)], wallMs: Math.round(wallMs) },
    ...(configurationOnly === undefined ? {} : { configurationOnly }),
  };
  if (refusal !== null) return { ...about, outcome: 'not-applied', killedBy: [], reason: refusal };
  return { ...about, ...judgeMutant(mutant, findKills(intact, seen), seen) };
}
