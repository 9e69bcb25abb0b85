/** Limits with the comparison that they stand for. */
import type { Finding, Validity } from '../../model/result.ts';
import type { GuardId } from '../../model/thresholds.ts';
import { formatChangeLimit, formatLimit } from './quantity.ts';
import { fixedSpace, noValue } from './number.ts';

/** Guards that watch a least value; all others watch a greatest one. */
const leastValueGuards: readonly GuardId[] = ['samples-present', 'achieved-rate', 'measured-time', 'disk-space'];

/** "< 500 ms": a latency stays below its limit; a cost or a duration may reach it; zero tolerance is "= 0". */
export function formatFindingLimit(finding: Finding): string {
  const unit = finding.unit ?? finding.quantity?.unit;
  if (finding.limit === null || unit === undefined) return noValue;
  if (finding.quantity?.direction === 'higher-is-better') return `≥${fixedSpace}${formatLimit(finding.limit, unit)}`;
  if (unit === 'count' && finding.limit === 0) return `=${fixedSpace}0`;
  return `${unit === 'ms' ? '<' : '≤'}${fixedSpace}${formatLimit(finding.limit, unit)}`;
}

/** "holds up to +5 %, worse over +1 %"; null where there is no margin. */
export function formatMargin({ limit, margin, unit }: Finding): string | null {
  if (limit === null || margin === undefined || unit === null) return null;
  const text = (value: number) => (unit === 'ratio' ? formatChangeLimit(value) : formatLimit(value, unit));
  return `holds when surely up to ${text(margin)}, broken when surely over ${text(limit)}`;
}

/** "≥ 95 %" or "≤ 80 %". */
export function formatGuardLimit(guard: Validity): string {
  const least = leastValueGuards.some((id) => id === guard.id);
  return `${least ? '≥' : '≤'}${fixedSpace}${formatLimit(guard.limit, guard.unit)}`;
}
