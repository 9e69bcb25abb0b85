/** What a policy does not have judged, and what of that must never go unsaid. */
import type { JudgedGate } from '../model/policy-gate.ts';
import type { JudgedPolicy } from '../model/result.ts';
import type { Thresholds } from '../model/thresholds.ts';

/** `guard ID` for guards, the id alone for claims and gates. */
export function switchedOff({ claims, guards }: Thresholds, gates: readonly JudgedGate[]): string[] {
  const off = (entries: object) =>
    Object.entries(entries as Record<string, { level?: string }>)
      .filter(([, { level }]) => level === 'off')
      .map(([id]) => id);
  return [
    ...off(claims),
    ...off(guards).map((id) => `guard ${id}`),
    ...gates.filter(({ gate }) => gate.level === 'off').map(({ gate }) => gate.id),
  ];
}

/** Claims about security that only warn: a pass then says less, too. */
export function softened({ claims }: Thresholds): string[] {
  const ids = Object.entries(claims)
    .filter(([id, { level }]) => isGrave(id) && level === 'warn')
    .map(([id]) => id);
  return ids.length === 0 ? [] : [`Only warned of, by the policy: ${ids.join(', ')}.`];
}

/** For the reasons of the verdict: security and validity first, because without them a pass says less. */
export function reasonsOfPolicy({
  switchedOff: off,
  warnings,
}: Pick<JudgedPolicy, 'switchedOff' | 'warnings'>): string[] {
  const grave = off.filter(isGrave);
  const others = off.filter((id) => !isGrave(id));
  return [
    ...(grave.length === 0
      ? []
      : [`Switched off by the policy, and so neither watched nor shown to hold: ${grave.join(', ')}.`]),
    ...(others.length === 0 ? [] : [`Switched off by the policy: ${others.join(', ')}.`]),
    ...warnings,
  ];
}

/** A claim about security, or a guard. */
function isGrave(id: string): boolean {
  return id.startsWith('SEC-') || id.startsWith('guard ');
}
