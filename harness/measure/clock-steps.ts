/** Whether somebody set the clock: the wall clock against the monotonic one. */

interface Clocks {
  wallMs: () => number;
  monotonicMs: () => number;
}

/** Of so many readings the one that took least time counts: between its two clocks the program may have been stopped. */
const TRIES = 5;

const systemClocks: Clocks = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

/**
 * Collects the difference of the two clocks. Both are slewed alike by a time service (clock_gettime(2)), so that only a step of the
 * wall clock moves it; the resolution is that of the wall clock, 1 ms.
 */
export class ClockSteps {
  readonly #clocks: Clocks;
  readonly #differencesMs: number[] = [];

  constructor(clocks = systemClocks) {
    this.#clocks = clocks;
  }

  look(): void {
    const tries = Array.from({ length: TRIES }, () => readOnce(this.#clocks));
    const best = tries.reduce((least, one) => (one.tookMs < least.tookMs ? one : least));
    this.#differencesMs.push(best.differenceMs);
  }

  /** From the least difference to the largest, ms; throws where fewer than two looks were taken. */
  spanMs(): number {
    if (this.#differencesMs.length < 2) throw new Error('the clocks were read fewer than two times');
    return Math.max(...this.#differencesMs) - Math.min(...this.#differencesMs);
  }
}

function readOnce({ wallMs, monotonicMs }: Clocks): { tookMs: number; differenceMs: number } {
  const before = monotonicMs();
  const wall = wallMs();
  const after = monotonicMs();
  return { tookMs: after - before, differenceMs: wall - (before + after) / 2 };
}
