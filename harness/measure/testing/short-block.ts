/** Options of a short block against the system of the integration tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provisionTool } from '../../environment/tools/provision-tools.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { ProgressEvent } from '../../model/progress.ts';
import type { Workload } from '../../model/scenario.ts';
import type { System } from '../../model/system.ts';
import type { MeasureBlockOptions } from '../measure-block.ts';

const scenariosDirectory = join(import.meta.dirname, '..', '..', '..', 'scenarios');

export interface ShortBlock {
  script: string;
  workload: Workload;
  arms?: Experiment['arms'];
  warmUpMs?: number;
  durationMs?: number;
  /** Text of a script that is not one of ours. */
  text?: string;
}

export interface PreparedBlock {
  options: MeasureBlockOptions;
  events: ProgressEvent[];
  controller: AbortController;
  /** Removes the run folder. */
  remove: () => Promise<void>;
}

export async function prepareBlock(system: System, block: ShortBlock): Promise<PreparedBlock> {
  const controller = new AbortController();
  const events: ProgressEvent[] = [];
  const runDirectory = await mkdtemp(join(tmpdir(), 'signoff-block-'));
  const progress = (event: ProgressEvent): void => void events.push(event);
  const { path: k6Path } = await provisionTool('k6', { progress, signal: controller.signal });
  const { script, workload, arms = ['rls'], warmUpMs = 500, durationMs = 2_000 } = block;
  const id = script.replace('.ts', '');
  const experiment: Experiment = {
    id,
    hypothesis: 'A short block is measured.',
    scenario: { id, title: id, script, workload },
    arms,
    blocks: 1,
    warmUpMs,
    durationMs,
    order: 'interleaved',
    seed: 1,
  };
  const options = {
    system,
    services: system.services.filter(({ arm }) => arms.includes(arm)),
    experiment,
    block: 0,
    manifestPath: system.manifestPath ?? '',
    k6Path,
    scenariosDirectory,
    runDirectory,
    progress,
    signal: controller.signal,
  };
  return { options, events, controller, remove: () => rm(runDirectory, { recursive: true }) };
}
