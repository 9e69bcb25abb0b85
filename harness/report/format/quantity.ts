/** Measured quantities as text: value with unit, interval, sample counts. */
import type { Quantity, Unit } from '../../model/quantity.ts';
import { decimalsFor, fixedSpace, formatCount, formatExact, formatNumber, noValue, thinSpace } from './number.ts';

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size in binary units: 1610612736 → "1.50 GiB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(bytes) / 10));
  const scaled = bytes / 1024 ** power;
  return `${formatNumber(scaled, power === 0 ? 0 : decimalsFor(scaled))}${thinSpace}${byteUnits[power]}`;
}

/** Puts the unit where it is read: "142 ms", "1.08 ×", "12 %", "3,012". */
function withUnit(text: string, unit: Unit): string {
  if (unit === 'ratio') return `${text}${thinSpace}×`;
  if (unit === 'count') return text;
  if (unit === '1/s') return `${text}${thinSpace}/s`;
  if (unit === 'bytes') return `${text}${thinSpace}B`;
  return `${text}${thinSpace}${unit}`;
}

function decimalsOf(value: number, unit: Unit): number {
  if (unit === 'count' && Number.isInteger(value)) return 0;
  return unit === 'ratio' ? 3 : decimalsFor(value);
}

/** A bare measured value with its unit. */
export function formatValue(value: number | null, unit: Unit): string {
  if (value === null) return noValue;
  if (unit === 'bytes') return formatBytes(value);
  return withUnit(formatNumber(value, decimalsOf(value, unit)), unit);
}

/** What a guard read: three significant digits and no trailing zeros, 0.02 → "0.02 %", 99.1 → "99.1 %". */
export function formatReading(value: number, unit: Unit): string {
  if (unit === 'bytes') return formatBytes(value);
  return withUnit(formatExact(Number(value.toFixed(decimalsFor(value)))), unit);
}

/** A limit with its unit: limits are chosen, so they are written exactly. */
export function formatLimit(limit: number, unit: Unit): string {
  return unit === 'bytes' ? formatBytes(limit) : withUnit(formatExact(limit), unit);
}

/** To the precision of the value; of none, and of a count, which may have a bound between whole numbers, to its own. */
function formatBound(bound: number, { value, unit }: Quantity): string {
  if (value === 0 && unit !== 'count') return formatExact(Number(bound.toFixed(decimalsFor(bound))));
  return formatNumber(bound, decimalsOf(unit === 'count' ? bound : value, unit));
}

/** The interval to the precision of the value, "[131, 160]"; an open side is ∞; null where neither side is bounded. */
export function formatInterval(quantity: Quantity): string | null {
  const [low, high] = quantity.interval;
  if (low === null && high === null) return null;
  const lower = low === null ? '(−∞' : `[${formatBound(low, quantity)}`;
  const upper = high === null ? '∞)' : `${formatBound(high, quantity)}]`;
  return `${lower}, ${upper}`;
}

/** "n = 3,012 (n_eff 812)". */
export function formatSamples(quantity: Quantity): string {
  const effective = quantity.effectiveSamples;
  const count = `n${fixedSpace}=${fixedSpace}${formatCount(quantity.samples)}`;
  return effective === undefined ? count : `${count} (n_eff${fixedSpace}${formatCount(Math.floor(effective))})`;
}

/** "142 ms [131, 160], n = 3,012 (n_eff 812)". */
export function formatQuantity(quantity: Quantity): string {
  const interval = formatInterval(quantity);
  const value = formatValue(quantity.value, quantity.unit);
  return `${interval === null ? value : `${value} ${interval}`}, ${formatSamples(quantity)}`;
}

/** A ratio as a relative change: 1.083 → "+8.3 %". */
export function formatChange(ratio: number, withPercent = true): string {
  const percent = (ratio - 1) * 100;
  const sign = percent > 0 ? '+' : '';
  return `${sign}${formatNumber(percent, 1)}${withPercent ? `${thinSpace}%` : ''}`;
}

/** A limit of a ratio as a relative change, written exactly: 1.25 → "+25 %". */
export function formatChangeLimit(ratio: number): string {
  const percent = Number(((ratio - 1) * 100).toFixed(6));
  return `${percent > 0 ? '+' : ''}${formatExact(percent)}${thinSpace}%`;
}

/** The interval of a ratio as changes: "[+6.1, +10.4]"; null where neither side is bounded. */
export function formatChangeInterval({ interval: [low, high] }: Quantity): string | null {
  if (low === null && high === null) return null;
  const lower = low === null ? '(−∞' : `[${formatChange(low, false)}`;
  return `${lower}, ${high === null ? '∞)' : `${formatChange(high, false)}]`}`;
}
