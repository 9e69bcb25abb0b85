/** Runs every block of every experiment of a profile on a running system and stores each as it ends. */
import path from 'node:path';
import type { RunningSystem } from '../environment/environment-driver.ts';
import { measureBlock } from '../measure/measure-block.ts';
import { SignoffError } from '../model/errors.ts';
import type { Arm, Experiment } from '../model/experiment.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Progress } from '../model/progress.ts';
import type { ServiceInstance } from '../model/system.ts';
import { writeMeasurement, type RunFolder } from '../store.ts';
import { formatDuration } from './format.ts';

export interface MeasureProfileOptions {
  root: string;
  running: RunningSystem;
  run: RunFolder;
  k6Path: string;
  manifestPath: string;
  startArms: StartArms;
  progress: Progress;
  /** From abortOnDeath. */
  signal: AbortSignal;
}

/** Makes the services of a block run, each in a fresh process, and no other. */
export type StartArms = (
  assignment: readonly { arm: Arm; slot: number }[],
  signal: AbortSignal,
) => Promise<ServiceInstance[]>;

/** Throws SERVER_DIED when a server ends by itself, and what the signal carries when it is aborted; finished blocks stay stored. */
export async function measureProfile(options: MeasureProfileOptions): Promise<void> {
  for (const experiment of options.run.config.profile.experiments) {
    const perBlockMs = experiment.warmUpMs + experiment.durationMs;
    options.progress({
      kind: 'stage',
      id: `measure:${experiment.id}`,
      title: `measure ${experiment.scenario.title}${experiment.blocks > 1 ? `, ${experiment.blocks} blocks of ${formatDuration(perBlockMs)}` : ''}`,
      expectedMs: experiment.blocks * perBlockMs,
    });
    await measureBlocks(options, experiment, { first: 0, count: experiment.blocks });
  }
}

/** A signal that also aborts when a server ends by itself. */
export function abortOnDeath(running: RunningSystem, interrupted: AbortSignal): AbortSignal {
  const died = new AbortController();
  running.onDeath((death) => {
    died.abort(death);
  });
  return AbortSignal.any([interrupted, died.signal]);
}

/** Measures blocks of one experiment one after the other, and stores each as it ends. */
export async function measureBlocks(
  options: MeasureProfileOptions,
  experiment: Experiment,
  { first, count }: { first: number; count: number },
): Promise<void> {
  for (let block = first; block < first + count; block++) {
    const measurement = await measureOne(options, experiment, block);
    await writeMeasurement(options.run, measurement);
    if (options.signal.aborted) throw asError(options.signal.reason);
    warnOfFailure(options, measurement);
  }
}

async function measureOne(options: MeasureProfileOptions, experiment: Experiment, block: number): Promise<Measurement> {
  const services = await options.startArms(assignSlots(experiment.arms, block), options.signal);
  return await measureBlock({
    system: options.running.system,
    services,
    experiment,
    block,
    manifestPath: options.manifestPath,
    k6Path: options.k6Path,
    scenariosDirectory: path.join(options.root, 'scenarios'),
    runDirectory: options.run.directory,
    progress: options.progress,
    signal: options.signal,
  });
}

/** Arms move one slot on with every block, so that none keeps a port or a place in the order of starting. */
export function assignSlots(arms: readonly Arm[], block: number): { arm: Arm; slot: number }[] {
  return arms.map((arm, index) => ({ arm, slot: (index + block) % arms.length })).sort((a, b) => a.slot - b.slot);
}

function warnOfFailure(options: MeasureProfileOptions, measurement: Measurement): void {
  const { generator } = measurement.artefacts;
  if (!generator.ok) {
    options.progress({ kind: 'warning', message: `${measurement.experimentId}: ${generator.error.message}` });
  } else if (generator.value.exitCode !== 0) {
    const tail = generator.value.stderrTail.slice(-3).join(' | ');
    options.progress({
      kind: 'warning',
      message: `${measurement.experimentId}: k6 ended with ${generator.value.exitCode ?? generator.value.signal ?? 'nothing'}: ${tail}`,
    });
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new SignoffError('INTERRUPTED', String(reason));
}
