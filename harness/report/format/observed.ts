/** What a finding saw, in the notation of its bounds: of two builds the difference, a ratio as its change in per cent; else the figure itself. */
import type { Quantity } from '../../model/quantity.ts';
import type { Finding } from '../../model/result.ts';
import { thinSpace } from './number.ts';
import {
  formatChange,
  formatChangeInterval,
  formatInterval,
  formatReading,
  formatSamples,
  formatValue,
} from './quantity.ts';

export interface Observed {
  value: string;
  /** null where neither side is bounded. */
  interval: string | null;
}

/** "+1.2 %" and "[−0.4, +2.8] %", "0.1" and "[−0.409, 0.606]". */
export function formatDifference(quantity: Quantity): Observed {
  const { value, unit } = quantity;
  const isRatio = unit === 'ratio';
  const interval = isRatio ? formatChangeInterval(quantity) : formatInterval(quantity);
  const percent = isRatio || unit === '%' ? `${thinSpace}%` : '';
  return {
    value: isRatio ? formatChange(value) : formatReading(value, unit),
    interval: interval === null ? null : `${interval}${percent}`,
  };
}

/** Only claims about two builds have a margin. */
export function formatObserved(quantity: Quantity, { margin }: Pick<Finding, 'margin'>): Observed {
  if (margin !== undefined) return formatDifference(quantity);
  return { value: formatValue(quantity.value, quantity.unit), interval: formatInterval(quantity) };
}

/** In one piece: "+1.2 % [−0.4, +2.8] %, n = 3,012 (n_eff 10)". */
export function formatObservedLine(quantity: Quantity, finding: Pick<Finding, 'margin'>): string {
  const { value, interval } = formatObserved(quantity, finding);
  return `${interval === null ? value : `${value} ${interval}`}, ${formatSamples(quantity)}`;
}
