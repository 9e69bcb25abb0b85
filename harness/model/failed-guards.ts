/** Which failed guards reach what: one experiment, or the run as a whole. */
import type { Validity } from './result.ts';

/** A failed guard that belongs to no single experiment, or after which none of the run can be believed. */
export function invalidatesWholeRun({ ok, scope, invalidatesRun }: Validity): boolean {
  return !ok && (scope === null || invalidatesRun === true);
}

/** The failed guards because of which the figures of this experiment decide nothing. */
export function failedGuardsOf(experiment: string, validity: readonly Validity[]): Validity[] {
  return validity.filter((guard) => invalidatesWholeRun(guard) || (!guard.ok && guard.scope === experiment));
}
