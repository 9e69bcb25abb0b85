/** Measures one block of an experiment: k6 against the services, and every gatherer beside it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { gathered } from '../model/artefact.ts';
import { type CrossCheck, crossCheckId } from '../model/cross-check.ts';
import { asSignoffError } from '../model/errors.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Progress } from '../model/progress.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { crossCheckGatherer, sessionFile } from './cross-check/cross-check.ts';
import { Watch } from './gatherer.ts';
import { type AskApi, type MomentProbes, probeMoments } from './isolation/probe-moments.ts';
import { probeApi } from './probe-api.ts';
import { type LoadOptions, describeGenerator, describeProbes, runLoad } from './run-load.ts';
import { startWatches } from './watches.ts';
import { windowFrom } from './window.ts';
import { writeTokens } from './write-tokens.ts';

export interface MeasureBlockOptions {
  system: System;
  /** The instances that run now: one for each arm of the experiment. */
  services: ServiceInstance[];
  experiment: Experiment;
  block: number;
  manifestPath: string;
  k6Path: string;
  /** The folder scenarios/. */
  scenariosDirectory: string;
  /** Gets samples/<experiment>-<block>.parquet. */
  runDirectory: string;
  /** Tokens for isolation.ts; made when that script runs and none are given. */
  tokensPath?: string;
  progress: Progress;
  signal: AbortSignal;
}

/** The script that probes: it wants forged tokens, and the servers behind the service are probed beside it. */
const PROBING_SCRIPT = 'isolation.ts';

function isProbing(experiment: Experiment): boolean {
  return experiment.scenario.script === PROBING_SCRIPT;
}

/**
 * Never rejects for what k6, a server or a gatherer did: that is in the artefacts, and what came until then is kept.
 * When `signal` is aborted k6 is ended and the measurement so far is returned; whoever aborted decides what becomes of
 * it. Nothing is left running, and the scratch folder with the pipe and the tokens is gone, on every path.
 */
export async function measureBlock(options: MeasureBlockOptions): Promise<Measurement> {
  const startedAt = new Date().toISOString();
  const scratch = await mkdtemp(join(options.system.directory, 'measure-'));
  try {
    return { schemaVersion: 1, startedAt, ...(await measureIn(scratch, options)) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measureIn(
  scratch: string,
  options: MeasureBlockOptions,
): Promise<Omit<Measurement, 'schemaVersion' | 'startedAt'>> {
  const { system, services, experiment, block, progress } = options;
  const directories = [system.directory, options.runDirectory];
  const watches = startWatches({ system, services, directories }, progress);
  const crossCheck = watchSecondGenerator(scratch, options);
  const besides = probeBesideLoad(options);
  await Promise.all([watches.at('open'), crossCheck?.at('open')]);
  const tokens = await tokensFor(scratch, options);
  const load: LoadOptions = {
    ...options,
    scratch,
    watches: {
      ...watches,
      at: async (moment) => {
        besides?.at(moment);
        await Promise.all([watches.at(moment), crossCheck?.at(moment)]);
      },
    },
    tokensPath: tokens.path,
    gomaxprocs: availableParallelism(),
  };
  const result = await runLoad(load);
  const { generatorUse, ...watched } = await watches.finish();
  const probes = describeProbes(result, tokens.failure);
  const ended = result.started ? result.outcome.exit.endedAtMs : Date.now();
  // A load that never began has its window after its end, where no sample can lie.
  const window = (result.started ? result.outcome.window : null) ?? windowFrom(ended, experiment);
  return {
    experimentId: experiment.id,
    scenarioId: experiment.scenario.id,
    block,
    warmUpEndsAtMs: window.warmUpEndsAtMs,
    measureEndsAtMs: window.measureEndsAtMs,
    assignment: services.map(({ arm, slot }) => ({ arm, slot })),
    artefacts: {
      samples: result.started
        ? result.samples
        : { ok: false, error: { code: 'GENERATOR_NOT_STARTED', message: result.reason } },
      generator: describeGenerator(result, generatorUse, load),
      ...watched,
      crossCheck: crossCheck === null ? gathered(null) : await crossCheck.finish(),
      probes: besides === null ? probes : await withQuietProbes(probes, besides, askApiIn(scratch, options, tokens)),
    },
  };
}

interface Tokens {
  path: string | null;
  failure: string | null;
}

/** null in every experiment but the one whose purpose it is. */
function probeBesideLoad(options: MeasureBlockOptions): MomentProbes | null {
  if (!isProbing(options.experiment)) return null;
  return probeMoments({ ...options, root: dirname(options.scenariosDirectory) });
}

function askApiIn(scratch: string, options: MeasureBlockOptions, { path: tokensPath }: Tokens): AskApi {
  const { manifestPath, k6Path, scenariosDirectory, signal } = options;
  return (service) => probeApi({ service, manifestPath, tokensPath, k6Path, scenariosDirectory, scratch, signal });
}

/** Those beside the load are awaited on every path: nothing of them goes on when the block is over. */
async function withQuietProbes(
  counted: Measurement['artefacts']['probes'],
  besides: MomentProbes,
  askApi: AskApi,
): Promise<Measurement['artefacts']['probes']> {
  const counts = await besides.finish(counted.ok ? counted.value : [], askApi);
  return counted.ok ? gathered(counts) : counted;
}

/** null in every experiment but the one whose purpose it is. */
function watchSecondGenerator(scratch: string, options: MeasureBlockOptions): Watch<CrossCheck> | null {
  const { experiment, manifestPath, signal } = options;
  const [service] = options.services;
  if (experiment.id !== crossCheckId || service === undefined) return null;
  return new Watch('crossCheck', crossCheckGatherer({ experiment, service, manifestPath, scratch, signal }));
}

/** The tokens that were given, or made here for the script that wants them. */
async function tokensFor(scratch: string, options: MeasureBlockOptions): Promise<Tokens> {
  const { experiment, system, manifestPath, tokensPath } = options;
  if (tokensPath !== undefined) return { path: tokensPath, failure: null };
  if (experiment.id === crossCheckId) return { path: sessionFile(scratch), failure: null };
  if (!isProbing(experiment)) return { path: null, failure: null };
  try {
    return { path: await writeTokens(system.vault, manifestPath, scratch), failure: null };
  } catch (error) {
    return { path: null, failure: asSignoffError(error).message };
  }
}
