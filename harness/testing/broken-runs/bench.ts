/** A real system and one healthy, measured run on it, from which the tests of broken runs start. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chooseEnvironment } from '../../environment/choose-environment.ts';
import type { RunningSystem } from '../../environment/environment-driver.ts';
import { fingerprint } from '../../environment/fingerprint.ts';
import { enterPrivateTemporary } from '../../environment/testing/private-temporary.ts';
import { provisionTools } from '../../environment/tools/provision-tools.ts';
import type { Toolset } from '../../environment/tools/tool.ts';
import { experimentOf } from '../../experiments/experiment-of.ts';
import { measureBlock, type MeasureBlockOptions } from '../../measure/measure-block.ts';
import type { Experiment, Profile } from '../../model/experiment.ts';
import { manifestSchema } from '../../model/manifest.ts';
import type { Measurement } from '../../model/measurement.ts';
import { createRun, type RunFolder, sealRun, writeEnvironment, writeMeasurement, writeRecord } from '../../store.ts';
import { brokenRunsPolicy } from './policy.ts';

export const root = path.join(import.meta.dirname, '..', '..', '..');
const tenants = 6;

/** One experiment with several arms and open load: every guard that watches a block watches these. */
const arms = experimentOf('rlsCost', { blocks: 6, warmUpMs: 500, durationMs: 2_000 });

/** Of no claim, and the run is invalid without it. */
const crossCheck = experimentOf('crossCheck', { blocks: 1, warmUpMs: 500, durationMs: 3_000 });

const profile: Profile = {
  id: 'smoke',
  title: 'The shortest run in which everything that is gated is decided',
  tenants,
  experiments: [arms, crossCheck],
  gates: ['AC-1', 'RLS-COST'],
};

export interface Bench {
  running: RunningSystem;
  healthy: RunFolder;
  /** Path of the policy that the healthy run passes by. */
  policy: string;
  experiment: Experiment;
  /** A new copy of the healthy run. */
  copy: (name: string) => Promise<RunFolder>;
  /** Measures a block of the experiment on the running system, in fresh services. */
  measure: (run: RunFolder, block: number, changes?: Partial<MeasureBlockOptions>) => Promise<Measurement>;
  /** Stops the system and removes every file. */
  remove: () => Promise<void>;
}

/** Starts the system and measures the healthy run. */
export async function openBench(): Promise<Bench> {
  const temporary = enterPrivateTemporary();
  const { signal } = new AbortController();
  const progress = () => undefined;
  const shared = { progress, signal };
  const { driver } = await chooseEnvironment('embedded');
  const toolset = await provisionTools(shared, ['k6']);
  const k6Path = toolset.k6.path;
  const running = await (await driver.prepare(shared)).start({ keep: false, ...shared });
  const remove = async () => {
    await running.stop();
    temporary.leave();
  };
  try {
    const manifestPath = path.join(running.system.directory, 'manifest.json');
    await running.seed({ tenants, seed: 'broken', rowsPerTenant: 200, manifestPath, ...shared });
    const measure: Bench['measure'] = async (run, block, changes = {}) => {
      const { experiment = arms } = changes;
      const places = experiment.arms.map((arm, index) => ({ arm, slot: (index + block) % experiment.arms.length }));
      const services = changes.services ?? (await running.startServices(places, { signal }));
      const options = { system: running.system, services, experiment, block, manifestPath, k6Path };
      const folders = { scenariosDirectory: path.join(root, 'scenarios'), runDirectory: run.directory };
      return await measureBlock({ ...options, ...folders, ...shared, ...changes });
    };
    const policy = path.join(temporary.folder, 'policy.json');
    await writeFile(policy, JSON.stringify(await brokenRunsPolicy(root)));
    const healthy = await measureHealthy(path.join(temporary.folder, 'healthy'), {
      running,
      manifestPath,
      toolset,
      measure,
    });
    const copy = async (name: string) => {
      const directory = path.join(temporary.folder, 'broken', name);
      await mkdir(path.dirname(directory), { recursive: true });
      await rm(directory, { recursive: true, force: true });
      await cp(healthy.directory, directory, { recursive: true });
      return { ...healthy, directory };
    };
    return { running, healthy, policy, experiment: arms, copy, measure, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Measuring {
  running: RunningSystem;
  manifestPath: string;
  toolset: Pick<Toolset, 'k6'>;
  measure: Bench['measure'];
}

async function measureHealthy(
  directory: string,
  { running, manifestPath, toolset, measure }: Measuring,
): Promise<RunFolder> {
  const { system } = running;
  const run = await createRun(directory, {
    schemaVersion: 1,
    runId: 'healthy',
    startedAt: new Date().toISOString(),
    ...{ environmentKind: system.kind, tenants, seed: 'broken', rowsPerTenant: 200, plantedDefect: null, profile },
  });
  const manifest = manifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  await writeEnvironment(run, await fingerprint({ root, system, manifest, toolset, kindReason: 'of a test' }));
  for (let block = 0; block < arms.blocks; block += 1) await writeMeasurement(run, await measure(run, block));
  await writeMeasurement(run, await measure(run, 0, { experiment: crossCheck }));
  await concludeRecord(run, null);
  return run;
}

/** The record of a run that ended so, and its seals. */
export async function concludeRecord(run: RunFolder, incomplete: string | null): Promise<void> {
  const prerequisites = [{ id: 'k6', title: 'k6', ok: true, found: 'of a test', where: null, fix: null }];
  await writeRecord(run, { schemaVersion: 1, prerequisites, environmentReadyMs: 9_000, phases: [], incomplete });
  await sealRun(run);
}
