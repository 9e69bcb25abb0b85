/** Reads every guard on every experiment of a run. A guard that cannot be read is a failed guard. */
import type { Evidence } from '../../model/claim.ts';
import type { Validity } from '../../model/result.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import { allGuards } from './all-guards.ts';
import type { Guard, MeasuredExperiment, Observation } from './guard.ts';
import { generatorAgreement } from './generator-agreement.ts';
import { samplesPresent } from './samples-present.ts';

/** What is told of an experiment without a block: that nothing was measured, and that nobody checked the generator where that was its purpose. */
const withoutBlocks = [samplesPresent, generatorAgreement];

/** One row per experiment and guard; of an experiment that was not measured, those that say so. */
export function readGuards(evidence: Evidence, thresholds: Thresholds): Validity[] {
  return evidence.experiments.flatMap((experiment) => {
    const blocks = evidence.blocks.filter(({ measurement }) => measurement.experimentId === experiment.id);
    const measured = { experiment, environment: evidence.environment, blocks };
    if (blocks.length === 0) {
      return withoutBlocks
        .filter((guard) => guard.appliesTo?.(experiment, evidence.environment) ?? true)
        .map((guard) => toValidity(guard, measured, thresholds, { unreadable: 'no block was measured' }));
    }
    return allGuards
      .filter((guard) => guard.appliesTo?.(experiment, evidence.environment) ?? true)
      .map((guard) => toValidity(guard, measured, thresholds, guard.read(measured)));
  });
}

function toValidity(
  guard: Guard,
  { experiment }: MeasuredExperiment,
  thresholds: Thresholds,
  seen: Observation,
): Validity {
  const { limit, unit } = thresholds.guards[guard.id];
  const row = {
    ...{ id: guard.id, scope: experiment.id, limit, unit },
    ...(guard.invalidatesRun === true ? { invalidatesRun: true } : {}),
  };
  if ('unreadable' in seen) {
    return {
      ...row,
      ok: false,
      observed: null,
      why: `${guard.title} could not be read (${seen.unreadable}). ${guard.why}`,
    };
  }
  // NaN compares as false either way: it must not pass.
  const ok = guard.bound === 'at-most' ? seen.observed <= limit : seen.observed >= limit;
  const title = seen.detail === undefined || ok ? guard.title : `${guard.title}: ${seen.detail}`;
  return {
    ...row,
    ok,
    observed: Number.isFinite(seen.observed) ? seen.observed : null,
    why: sentences([title, seen.note, guard.why]),
  };
}

function sentences(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map((part) => (part.endsWith('.') ? part : `${part}.`))
    .join(' ');
}
