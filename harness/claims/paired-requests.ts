/** Requests that were sent to two arms as a pair, side by side. */
import type { SampledBlock } from '../model/measured-rows.ts';
import type { Arm } from '../model/experiment.ts';
import { logRatios } from '../statistics/log-ratios.ts';
import { type RequestColumns, requestColumns } from './request-columns.ts';

export interface PairedRequests {
  /** ln(latency of the first arm / latency of the second), one a pair. */
  logRatios: Float64Array;
  /** Endpoint of each pair. */
  endpoint: string[];
  /** Pairs left out because one of the two requests failed or fell outside the measured time. */
  unpaired: number;
}

/** Pairs within one block: the numbers of the pairs begin anew in the next. */
export function pairedRequests(block: SampledBlock, arms: { of: Arm; against: Arm }): PairedRequests {
  const of = requestColumns(block, arms.of);
  const against = requestColumns(block, arms.against);
  const partners = new Map<number, number>();
  against.pair.forEach((pair, index) => {
    if (isUsable(against, index)) partners.set(pair, index);
  });
  const pairs: { row: number; partner: number }[] = [];
  of.pair.forEach((pair, row) => {
    const partner = partners.get(pair);
    if (partner !== undefined && isUsable(of, row)) pairs.push({ row, partner });
  });
  return {
    logRatios: logRatios({
      a: Float64Array.from(pairs, ({ partner }) => against.durationMs[partner] ?? Number.NaN),
      b: Float64Array.from(pairs, ({ row }) => of.durationMs[row] ?? Number.NaN),
    }),
    endpoint: pairs.map(({ row }) => of.endpoints[of.endpoint[row] ?? 0] ?? ''),
    unpaired: Math.max(of.pair.length, against.pair.length) - pairs.length,
  };
}

/** A failed request has no latency to compare, and one outside a pair no partner. */
function isUsable(columns: RequestColumns, index: number): boolean {
  return (columns.pair[index] ?? -1) >= 0 && columns.failed[index] === 0 && (columns.durationMs[index] ?? 0) > 0;
}
