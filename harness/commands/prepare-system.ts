/** Brings a system up for a request: doctor, left-overs, tools, servers, data; the same for `run` and `up`. */
import path from 'node:path';
import { chooseEnvironment } from '../environment/choose-environment.ts';
import { runDoctor } from '../environment/doctor.ts';
import type { RunningSystem } from '../environment/environment-driver.ts';
import { removeLeftOvers } from '../environment/state/remove-left-overs.ts';
import { provisionTools } from '../environment/tools/provision-tools.ts';
import type { Toolset } from '../environment/tools/tool.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Progress } from '../model/progress.ts';
import type { Prerequisite } from '../model/run-record.ts';
import type { PhaseClock } from './phases.ts';
import type { RunRequest } from './run-request.ts';

const USUAL_ROWS_PER_SECOND = 40_000;

export interface PreparedSystem {
  running: RunningSystem;
  toolset: Pick<Toolset, 'k6'>;
  manifest: Manifest;
  manifestPath: string;
  prerequisites: Prerequisite[];
  kindReason: string;
}

export interface PrepareOptions {
  request: Pick<RunRequest, 'environment' | 'tenants' | 'rowsPerTenant' | 'seed' | 'keep'>;
  /** Port of the service; a free one where it is left out. */
  port?: number;
  clock: PhaseClock;
  progress: Progress;
  signal: AbortSignal;
}

/** Whatever fails here, nothing is left running. */
export async function prepareSystem(options: PrepareOptions): Promise<PreparedSystem> {
  const { request, clock, progress, signal } = options;
  const { driver, reason } = await chooseEnvironment(request.environment);
  progress({
    kind: 'stage',
    id: 'doctor',
    title: `check this machine (environment: ${driver.kind}, ${reason})`,
    expectedMs: null,
  });
  const prerequisites = await clock.time('doctor', () => runDoctor({ signal }));
  warnOfProblems(prerequisites, progress);
  for (const { id, processes, problem } of await removeLeftOvers()) {
    const message =
      problem === null
        ? `removed what a killed run left (${id}): ${processes.join(', ') || 'its folder'}`
        : `what a killed run left (${id}) is still there: ${problem}`;
    progress({ kind: problem === null ? 'step' : 'warning', message });
  }
  progress({ kind: 'stage', id: 'tools', title: 'find or build k6 and the servers', expectedMs: null });
  const { toolset, environment } = await clock.time('tools', async () => ({
    toolset: await provisionTools({ progress, signal }, ['k6']),
    environment: await driver.prepare({ progress, signal }),
  }));
  const ports = options.port === undefined ? {} : { ports: { services: [options.port] } };
  const running = await clock.time('up', () => environment.start({ keep: request.keep, ...ports, progress, signal }));
  try {
    const manifestPath = path.join(running.system.directory, 'manifest.json');
    const manifest = await clock.time('seed', () => seedSystem(running, manifestPath, options));
    return { running, toolset, manifest, manifestPath, prerequisites, kindReason: reason };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function seedSystem(running: RunningSystem, manifestPath: string, options: PrepareOptions): Promise<Manifest> {
  const { request, progress, signal } = options;
  const rows = request.tenants * request.rowsPerTenant;
  progress({
    kind: 'stage',
    id: 'seed',
    title: `seed ${request.tenants.toLocaleString('en-US')} tenants, about ${rows.toLocaleString('en-US')} rows`,
    expectedMs: (rows / USUAL_ROWS_PER_SECOND) * 1000,
  });
  const { tenants, seed, rowsPerTenant } = request;
  return await running.seed({ tenants, seed, rowsPerTenant, manifestPath, progress, signal });
}

function warnOfProblems(prerequisites: readonly Prerequisite[], progress: Progress): void {
  for (const { ok, title, found, fix } of prerequisites) {
    if (!ok)
      progress({ kind: 'warning', message: `${title}: ${found}${fix === null ? '' : `; mend it with: ${fix}`}` });
  }
}
