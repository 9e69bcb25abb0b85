/** Counts samples and exceedances of a threshold in equal windows of time: what the correlation within a run is read from. */

/** One entry a window, in time order; a window without samples stays in, with zeros. */
export interface WindowCounts {
  samples: Float64Array;
  exceedances: Float64Array;
}

export interface TimedValues {
  /** When each value was drawn, in the unit of `from` and `windowLength`; any order. */
  at: Float64Array;
  values: Float64Array;
  from: number;
  to: number;
  windowLength: number;
  threshold: number;
}

/** Whole windows from `from` on; what is left over at the end joins the last one. A value at the threshold exceeds it. */
export function countExceedances({ at, values, from, to, windowLength, threshold }: TimedValues): WindowCounts {
  const windows = Math.max(1, Math.floor((to - from) / windowLength));
  const samples = new Float64Array(windows);
  const exceedances = new Float64Array(windows);
  for (const [index, time] of at.entries()) {
    const window = Math.min(windows - 1, Math.max(0, Math.floor((time - from) / windowLength)));
    samples[window] = (samples[window] ?? 0) + 1;
    if ((values[index] ?? 0) >= threshold) exceedances[window] = (exceedances[window] ?? 0) + 1;
  }
  return { samples, exceedances };
}
