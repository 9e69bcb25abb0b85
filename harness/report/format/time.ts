/** Durations and instants as text. */
import { formatNumber, noValue, thinSpace } from './number.ts';

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${large}${thinSpace}${largeUnit}`;
  return small === 0 ? first : `${first} ${small}${thinSpace}${smallUnit}`;
}

/** A duration in its natural unit: 412 → "412 ms", 8200 → "8.2 s", 252000 → "4 min 12 s". */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return noValue;
  if (milliseconds < 1000) return `${formatNumber(milliseconds, 0)}${thinSpace}ms`;
  if (milliseconds < 59_950) return `${formatNumber(milliseconds / 1000, 1)}${thinSpace}s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** An ISO 8601 instant as "22 November 2025, 10:51 UTC"; any other text as it is. */
export function formatInstant(iso: string): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return `${day.format(instant)}, ${time.format(instant)} UTC`;
}
