/** The load of one block with all that it writes: k6, its samples as Parquet, and what became of both. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Artefact, gathered, notGathered } from '../model/artefact.ts';
import { asSignoffError } from '../model/errors.ts';
import type { Measurement, ProbeCount } from '../model/measurement.ts';
import type { Progress } from '../model/progress.ts';
import { type LoadOutcome, driveLoad } from './drive-load.ts';
import { type FinishedSamples, finishSamples } from './finish-samples.ts';
import { type GeneratorFacts, generatorFacts } from './generator.ts';
import { type K6Job, k6Arguments, k6Environment } from './k6-command.ts';
import { ParquetWriter } from './parquet-writer.ts';
import type { GeneratorUse, Watches } from './watches.ts';

export interface LoadOptions extends K6Job {
  k6Path: string;
  /** Private folder for the pipe and for k6's home; the caller removes it. */
  scratch: string;
  runDirectory: string;
  gomaxprocs: number;
  watches: Watches;
  progress: Progress;
  signal: AbortSignal;
}

export type LoadResult =
  ({ started: true; outcome: LoadOutcome } & FinishedSamples) | { started: false; reason: string };

/** Never rejects for what k6 or DuckDB did. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const file = `samples/${options.experiment.id}-${options.block}.parquet`;
  const path = join(options.runDirectory, file);
  await mkdir(dirname(path), { recursive: true });
  const writer = await ParquetWriter.create({ pipe: join(options.scratch, 'requests.csv'), file: path });
  try {
    const outcome = await drive(options, writer);
    return { started: true, outcome, ...(await finishSamples(writer, outcome, { file, path })) };
  } catch (error) {
    return { started: false, reason: asSignoffError(error).message };
  } finally {
    await writer.close();
  }
}

function drive(options: LoadOptions, writer: ParquetWriter): Promise<LoadOutcome> {
  const { experiment, k6Path, scenariosDirectory, scratch, gomaxprocs, watches } = options;
  options.progress({ kind: 'step', message: `${experiment.scenario.script}: users log in` });
  return driveLoad({
    scenario: experiment.scenario.id,
    times: experiment,
    start: {
      path: k6Path,
      args: k6Arguments(options),
      env: k6Environment(scratch, gomaxprocs),
      cwd: scenariosDirectory,
    },
    writer,
    at: watches.at,
    onStarted: watches.meterGenerator,
    progress: options.progress,
    signal: options.signal,
  });
}

/**
 * What the generator has to say. `cpu` is 0 where k6 did not get through its window, because it failed or was ended:
 * then its exit decides, and must be told.
 */
export function describeGenerator(
  load: LoadResult,
  { cpu, cgroup }: GeneratorUse,
  options: LoadOptions,
): Artefact<GeneratorFacts> {
  if (!load.started)
    return notGathered('GENERATOR_NOT_STARTED', `k6 (${options.k6Path}) did not start: ${load.reason}`);
  const { outcome, figures, samples } = load;
  if (figures === null) return notGathered('WINDOW_NOT_READ', samples.ok ? 'no figures' : samples.error.message);
  const { exitCode } = outcome.exit;
  if (!cpu.ok && exitCode === 0 && cpu.error.code !== 'NO_WINDOW') return cpu;
  const { workload } = options.experiment.scenario;
  const cpuSecondsPerSecond = cpu.ok ? cpu.value : 0;
  return gathered(
    generatorFacts({ ...outcome, workload, figures, cpuSecondsPerSecond, cgroup, gomaxprocs: options.gomaxprocs }),
  );
}

/**
 * `tokensFailure`: why the script got no forged tokens; an undecided probe, as these checks were planned and not made.
 */
export function describeProbes(load: LoadResult, tokensFailure: string | null): Measurement['artefacts']['probes'] {
  if (!load.started) return notGathered('GENERATOR_NOT_STARTED', 'k6 did not start: no probe was made');
  const counts = load.outcome.stream.probes.counts();
  return gathered(tokensFailure === null ? counts : [...counts, missingTokens(tokensFailure)]);
}

function missingTokens(reason: string): ProbeCount {
  return {
    layer: 'api',
    claim: 'SEC-AUTHN',
    probe: 'forged tokens',
    kind: 'probe',
    count: 1,
    violations: 0,
    undecided: 1,
    examples: [`no tokens could be made: ${reason}`],
  };
}
