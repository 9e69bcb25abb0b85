/** Limits with the comparison that they stand for. */
import type { Finding, Validity } from '../../model/result.ts';
import type { GuardId } from '../../model/thresholds.ts';
import type { Unit } from '../../model/quantity.ts';
import { formatChangeLimit, formatLimit } from './quantity.ts';
import { fixedSpace, noValue } from './number.ts';

/** Guards that watch a least value; all others watch a greatest one. */
const leastValueGuards: readonly GuardId[] = ['samples-present', 'achieved-rate', 'measured-time', 'disk-space'];

/** "< 500 ms": a latency stays below its limit; a cost or a duration may reach it; zero tolerance is "= 0". Of two builds both bounds. */
export function formatFindingLimit(finding: Finding): string {
  const bounds = formatBounds(finding);
  if (bounds !== null) return bounds.join(', ');
  const unit = finding.unit ?? finding.quantity?.unit;
  if (finding.limit === null || unit === undefined) return noValue;
  if (finding.quantity?.direction === 'higher-is-better') return `≥${fixedSpace}${formatLimit(finding.limit, unit)}`;
  if (unit === 'count' && finding.limit === 0) return `=${fixedSpace}0`;
  return `${unit === 'ms' ? '<' : '≤'}${fixedSpace}${formatLimit(finding.limit, unit)}`;
}

/** "broken over +1 %" and "holds up to +5 %"; null where there is no margin. */
export function formatBounds({ limit, margin, unit }: Finding): [broken: string, holds: string] | null {
  if (limit === null || margin === undefined || unit === null) return null;
  return [`broken over ${formatDifferenceLimit(limit, unit)}`, `holds up to ${formatDifferenceLimit(margin, unit)}`];
}

/** A bound of the difference between two builds. */
export function formatDifferenceLimit(bound: number, unit: Unit): string {
  return unit === 'ratio' ? formatChangeLimit(bound) : formatLimit(bound, unit);
}

/** In a sentence: "limit < 500 ms", or both bounds. */
export function formatLimitPhrase(finding: Finding): string {
  return formatBounds(finding)?.join(', ') ?? `limit ${formatFindingLimit(finding)}`;
}

/** "≥ 95 %" or "≤ 80 %". */
export function formatGuardLimit(guard: Validity): string {
  const least = leastValueGuards.some((id) => id === guard.id);
  return `${least ? '≥' : '≤'}${fixedSpace}${formatLimit(guard.limit, guard.unit)}`;
}
