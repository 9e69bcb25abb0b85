/** What the policy makes of guards: those at level warn are told and those at level off are not read; neither makes a run invalid. */
import type { Validity } from '../model/result.ts';
import type { Thresholds } from '../model/thresholds.ts';

export interface LevelledGuards {
  /** Of the guards that count. */
  validity: Validity[];
  /** A line for each guard at level warn that failed. */
  warnings: string[];
}

export function applyGuardLevels(validity: readonly Validity[], { guards }: Thresholds): LevelledGuards {
  const levelOf = ({ id }: Validity) => Object.entries(guards).find(([known]) => known === id)?.[1].level ?? 'error';
  return {
    validity: validity.filter((guard) => levelOf(guard) === 'error'),
    warnings: validity.filter((guard) => levelOf(guard) === 'warn' && !guard.ok).map(describe),
  };
}

function describe({ id, scope, observed, limit, unit, why }: Validity): string {
  const seen = observed === null ? 'not readable' : `${Number(observed.toPrecision(3))} ${unit}`;
  return `Guard ${id} (${scope ?? 'the run'}) failed, a warning only by the policy: ${seen}, limit ${limit} ${unit}. ${why}`;
}
