/** Rate and percentiles of the last seconds, for whoever watches; the verdict never reads them. */

/** Long enough for a p99 that does not jump with every request, short enough to follow the load. */
const WINDOW_SECONDS = 5;

export interface LiveFigures {
  ratePerSecond: number;
  p50Ms: number | null;
  p99Ms: number | null;
  errors: number;
}

interface Second {
  second: number;
  durationsMs: number[];
}

/** Collects requests by the second in which they ended. Samples arrive in order of time, within k6's flush interval. */
export class LiveWindow {
  readonly #seconds: Second[] = [];
  #errors = 0;

  add(endedAtMs: number, durationMs: number, failed: boolean): void {
    if (failed) this.#errors += 1;
    const second = Math.floor(endedAtMs / 1_000);
    let entry = this.#seconds.findLast((candidate) => candidate.second === second);
    if (entry === undefined) {
      entry = { second, durationsMs: [] };
      this.#seconds.push(entry);
      if (this.#seconds.length > WINDOW_SECONDS + 2) this.#seconds.shift();
    }
    entry.durationsMs.push(durationMs);
  }

  /** Figures of the whole seconds before the present one, which is not over yet. */
  read(nowMs: number): LiveFigures {
    const present = Math.floor(nowMs / 1_000);
    const counted = this.#seconds.filter(({ second }) => second < present && second >= present - WINDOW_SECONDS);
    const sorted = counted.flatMap(({ durationsMs }) => durationsMs).sort((a, b) => a - b);
    return {
      ratePerSecond: counted.length === 0 ? 0 : sorted.length / counted.length,
      p50Ms: percentile(sorted, 50),
      p99Ms: percentile(sorted, 99),
      errors: this.#errors,
    };
  }
}

/** Type 7 (linear between the order statistics), as in k6 and in the report; null of nothing. */
export function percentile(sorted: readonly number[], percent: number): number | null {
  if (sorted.length === 0) return null;
  const position = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}
