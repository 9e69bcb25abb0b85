/** What tests ask of the counts of a suite. */
import type { ProbeCount } from '../../../model/measurement.ts';

/** Probes of which at least one look saw something. */
export function violated(counts: readonly ProbeCount[]): string[] {
  return counts.filter(({ kind, violations }) => kind === 'probe' && violations > 0).map(({ probe }) => probe);
}

export function probesOf(counts: readonly ProbeCount[]): string[] {
  return counts.filter(({ kind }) => kind === 'probe').map(({ probe }) => probe);
}

/** Everything that is not as it must be on an intact system: violations, looks without a decision, probes without a control. */
export function blemishes(counts: readonly ProbeCount[]): string[] {
  const controlled = new Set(
    counts.filter(({ kind, count }) => kind === 'control' && count > 0).map(({ probe }) => probe),
  );
  return [
    ...counts
      .filter(({ violations, undecided }) => violations + undecided > 0)
      .map(
        ({ probe, kind, violations, undecided, examples }) =>
          `${kind} ${probe}: ${violations} violations, ${undecided} undecided: ${examples.join('; ')}`,
      ),
    ...probesOf(counts)
      .filter((probe) => !controlled.has(probe))
      .map((probe) => `${probe}: no control`),
  ];
}
