/** Of which experiments of a run, and of which arm, a gate of one's own speaks. */
import { crossCheckId } from '../../model/cross-check.ts';
import type { Arm, Experiment } from '../../model/experiment.ts';
import type { PolicyGate } from '../../model/policy-gate.ts';
import { comparisonId } from '../comparison-blocks.ts';

/**
 * A gate that names no scenario is about every load of the production arm, each judged by itself: every load is a k6 process of its own,
 * and k6 would judge each by itself too. Comparisons of arms and probes are meant only by name.
 */
export function experimentsOfGate({ selector }: PolicyGate, experiments: readonly Experiment[]): Experiment[] {
  const { scenario, arm } = selector;
  if (scenario !== null) return experiments.filter(({ id }) => id === scenario);
  if (arm !== null && arm !== 'rls') return experiments.filter(({ arms }) => arms.some((each) => each === arm));
  return experiments.filter(
    ({ arms, id }) => arms.length === 1 && arms[0] === 'rls' && ![crossCheckId, 'isolation'].includes(id),
  );
}

/** Whether it can mean this run: two builds that are compared live are only meant by name, theirs or that of the comparison. */
export function appliesTo({ selector }: PolicyGate, experiments: readonly Experiment[]): boolean {
  const compared = experiments.some(({ arms }) => arms.includes('candidate'));
  if (!compared || selector.scenario === comparisonId) return true;
  return selector.scenario === null && (selector.arm === 'base' || selector.arm === 'candidate');
}

/** Production's; of two builds the candidate, unless it names the other. */
export function armOfGate({ selector }: PolicyGate, { arms }: Experiment): Arm {
  const named = arms.find((arm) => arm === selector.arm);
  return named ?? (arms.includes('candidate') ? 'candidate' : 'rls');
}
