/** Figures as the terminal shows them. */
import type { Unit } from '../model/quantity.ts';

/** 4 s, 1 min 05 s. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A number with as many digits as are worth reading; what rounds to nothing has no sign. */
export function formatNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, signDisplay: 'negative' });
}

/** With its unit; a ratio as what it adds: 1.053 is +5.3 %. A count needs none. */
export function formatAmount(value: number, unit: Unit): string {
  if (unit === 'ratio') return `${value > 1 ? '+' : ''}${formatNumber((value - 1) * 100)} %`;
  return unit === 'count' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}
