/** Gathers how the generator did: its end, what it offered and achieved in the measured window, and its CPU. */
import type { Measurement } from '../model/measurement.ts';
import type { Workload } from '../model/scenario.ts';
import type { K6Exit } from './k6-process.ts';
import type { SampleStream } from './sample-stream.ts';
import { type MeasuredWindow, inWindow } from './window.ts';

export type GeneratorFacts = Extract<Measurement['artefacts']['generator'], { ok: true }>['value'];

/** What the samples say of the measured window (see `windowFigures`). */
export interface WindowFigures {
  requests: number;
  errors: number;
  loadRequests: number;
  loadMeanMs: number;
}

export interface GeneratorInput {
  workload: Workload;
  exit: K6Exit;
  stream: SampleStream;
  /** null when the load never began: then k6's exit or the missing samples decide, and every figure here is 0. */
  window: MeasuredWindow | null;
  figures: WindowFigures;
  cpuSecondsPerSecond: number;
  cgroup: GeneratorFacts['cgroup'];
  gomaxprocs: number;
}

/**
 * Dropped iterations are those of the measured window: one that is dropped in the warm-up censors no sample that
 * counts.
 */
export function generatorFacts(input: GeneratorInput): GeneratorFacts {
  const { workload, exit, stream, window, figures, gomaxprocs } = input;
  const counted = (timesMs: number[]): number =>
    window === null ? 0 : timesMs.filter((atMs) => inWindow(window, atMs)).length;
  const iterations = counted(stream.iterationsMs);
  const seconds = window === null ? 0 : (window.measureEndsAtMs - window.warmUpEndsAtMs) / 1_000;
  const done = workload.kind === 'open' ? iterations : figures.loadRequests;
  return {
    exitCode: exit.exitCode,
    signal: exit.signal,
    stderrTail: exit.stderrTail,
    setupEndedAtMs: window?.loadStartedAtMs ?? exit.endedAtMs,
    endedAtMs: exit.endedAtMs,
    requests: figures.requests,
    errors: figures.errors,
    iterations,
    droppedIterations: counted(stream.droppedMs),
    offeredPerSecond: offeredPerSecond(workload, figures, iterations),
    achievedPerSecond: seconds > 0 ? done / seconds : 0,
    cpuShare: input.cpuSecondsPerSecond / gomaxprocs,
    gomaxprocs,
    cgroup: input.cgroup,
  };
}

/**
 * Open: the declared rate of iterations.
 *
 * Closed: the requests per second that this many users make when the generator itself costs them no time, given the
 * latency that was measured. By Little's law a user's cycle lasts think time + r × mean latency and holds r requests (r
 * = requests per iteration), so N users make N × r / (think time + r × latency). A slow service lowers offer and
 * achievement alike: that is for the latency claim to judge. Achieved below offered means that the generator did not
 * keep its users going.
 */
export function offeredPerSecond(workload: Workload, figures: WindowFigures, iterations: number): number {
  if (workload.kind === 'open') return workload.ratePerSecond;
  const requestsPerIteration = iterations > 0 ? figures.loadRequests / iterations : 1;
  const cycleMs = workload.thinkTimeMs + requestsPerIteration * figures.loadMeanMs;
  return cycleMs > 0 ? (workload.users * requestsPerIteration * 1_000) / cycleMs : 0;
}
