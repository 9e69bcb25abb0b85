/** The requests that were sent to the base and to the candidate as a pair, and how each pair came out. */
import type { Arm } from '../model/experiment.ts';
import { type SampledBlock, measuredRows, startOf } from '../model/measured-rows.ts';
import type { PairedLatencies } from '../statistics/tail-differences.ts';

/** All columns have one entry a pair. */
export interface ComparedPairs extends PairedLatencies {
  /** 1 where the candidate was asked first. */
  candidateFirst: Uint8Array;
  endpoint: string[];
  /** Rank of the tenant; -1 where it was not told. */
  tenant: Int32Array;
  /** Pairs left out: a request failed, or fell outside the measured time. */
  unpaired: number;
}

/** The requests of a pair that went to one arm: one, or a burst. */
interface Side {
  startedAtMs: number;
  durationMs: number;
  requests: number;
  usable: boolean;
  endpoint: string;
  tenant: number;
}

/** Of a burst the slowest answer counts: that is when the user has the page. Numbers of pairs begin anew in each block. */
export function comparedPairs(block: SampledBlock): ComparedPairs {
  const base = sidesOf(block, 'base');
  const candidate = sidesOf(block, 'candidate');
  const pairs: { base: Side; candidate: Side }[] = [];
  for (const [pair, one] of base) {
    const other = candidate.get(pair);
    // A burst that is cut by an end of the measured time has no equal on the other side.
    if (other === undefined || !one.usable || !other.usable || one.requests !== other.requests) continue;
    pairs.push({ base: one, candidate: other });
  }
  return {
    baseMs: Float64Array.from(pairs, (pair) => pair.base.durationMs),
    candidateMs: Float64Array.from(pairs, (pair) => pair.candidate.durationMs),
    candidateFirst: Uint8Array.from(pairs, (pair) => (pair.candidate.startedAtMs < pair.base.startedAtMs ? 1 : 0)),
    endpoint: pairs.map((pair) => pair.base.endpoint),
    tenant: Int32Array.from(pairs, (pair) => pair.base.tenant),
    unpaired: Math.max(base.size, candidate.size) - pairs.length,
  };
}

function sidesOf(block: SampledBlock, arm: Arm): Map<number, Side> {
  const { samples } = block;
  const wanted = samples.arms.indexOf(arm);
  const sides = new Map<number, Side>();
  for (const row of measuredRows(block)) {
    const pair = samples.pair[row] ?? -1;
    if (samples.arm[row] !== wanted || pair < 0) continue;
    const durationMs = samples.durationMs[row] ?? 0;
    const side = sides.get(pair) ?? {
      startedAtMs: Number.POSITIVE_INFINITY,
      durationMs: 0,
      requests: 0,
      usable: true,
      endpoint: samples.endpoints[samples.endpoint[row] ?? 0] ?? '',
      tenant: samples.tenant[row] ?? -1,
    };
    side.startedAtMs = Math.min(side.startedAtMs, startOf(samples, row));
    side.durationMs = Math.max(side.durationMs, durationMs);
    side.requests += 1;
    side.usable &&= isSuccess(samples.status[row] ?? 0) && durationMs > 0;
    sides.set(pair, side);
  }
  return sides;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}
