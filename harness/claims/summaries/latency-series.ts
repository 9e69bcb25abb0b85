/** Latency over time in one-second windows, warm-up included, for the chart. */
import type { Experiment } from '../../model/experiment.ts';
import type { SampledBlock } from '../../model/measured-rows.ts';
import type { ScenarioSummary } from '../../model/result.ts';
import { latencySummary } from './latency-summary.ts';
import { shownRequests } from './shown-requests.ts';

type SeriesPoint = ScenarioSummary['series'][number];

const windowMs = 1000;

export function latencySeries(block: SampledBlock, experiment: Experiment): SeriesPoint[] {
  const { measurement, samples } = block;
  const beganAtMs = measurement.warmUpEndsAtMs - experiment.warmUpMs;
  const load = Uint32Array.from(samples.setup.keys()).filter((row) => samples.setup[row] === 0);
  const { startedAtMs, durationMs, failed } = shownRequests(block, experiment, load);
  const windows = Math.max(0, Math.ceil((measurement.measureEndsAtMs - beganAtMs) / windowMs));
  const durations: number[][] = Array.from({ length: windows }, () => []);
  const errors = new Array<number>(windows).fill(0);
  startedAtMs.forEach((startMs, index) => {
    const window = Math.floor((startMs - beganAtMs) / windowMs);
    durations[window]?.push(durationMs[index] ?? 0);
    if (failed[index] === 1 && window >= 0 && window < windows) errors[window] = (errors[window] ?? 0) + 1;
  });
  return durations.map((values, window) => {
    const { p50Ms, p99Ms } = latencySummary(Float64Array.from(values));
    const fromMs = beganAtMs + window * windowMs;
    return {
      secondsFromStart: window,
      warmUp: fromMs < measurement.warmUpEndsAtMs,
      requests: values.length,
      errors: errors[window] ?? 0,
      p50Ms,
      p99Ms,
    };
  });
}
