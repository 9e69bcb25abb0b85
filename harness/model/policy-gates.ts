/** The gates of one's own of a policy that was checked when it was read. */
import { SignoffError } from './errors.ts';
import { readSelector } from './gate-selector.ts';
import type { PolicyGate } from './policy-gate.ts';
import { isProblems, readGate } from './read-gate.ts';
import type { Thresholds } from './thresholds.ts';

export function policyGates({ gates }: Thresholds): PolicyGate[] {
  return Object.entries(gates ?? {}).flatMap(([key, entries]) => {
    const selector = readSelector(key, null);
    return entries.map((entry) => {
      const gate = isProblems(selector) ? selector : readGate(selector, entry);
      if (!isProblems(gate)) return gate;
      throw new SignoffError('BAD_CONFIGURATION', `gates.${key} of the policy cannot be judged`);
    });
  });
}
