/** Runs the suites of probes twice: beside the load, and again when it is over and the system is quiet. */
import { readFile } from 'node:fs/promises';
import { manifestSchema } from '../../model/manifest.ts';
import type { ProbeCount } from '../../model/measurement.ts';
import type { Progress } from '../../model/progress.ts';
import type { ServiceInstance, System } from '../../model/system.ts';
import type { Moment } from '../gatherer.ts';
import { addCounts } from './add-counts.ts';
import { allSuites } from './all-suites.ts';
import type { ProbeScene } from './probe-scene.ts';
import { runSuites } from './run-suites.ts';

export interface ProbedSystem {
  system: System;
  services: readonly ServiceInstance[];
  manifestPath: string;
  /** The folder of the project. */
  root: string;
  progress: Progress;
  signal: AbortSignal;
}

export interface MomentProbes {
  /** The suites begin when the warm-up has ended; nobody waits for them here. */
  at: (moment: Moment) => void;
  /** After the load: waits for the suites beside it, and runs them once more. Never rejects. */
  finish: () => Promise<ProbeCount[]>;
}

/** Production's mode, where it is among them. */
const PRODUCTION = 'rls';

export function probeMoments(probed: ProbedSystem): MomentProbes {
  let underLoad: Promise<ProbeCount[]> | null = null;
  return {
    at: (moment) => {
      if (moment === 'windowStarts') underLoad ??= probeOnce(probed);
    },
    finish: async () => {
      const loaded = underLoad === null ? [] : await underLoad;
      probed.progress({ kind: 'step', message: 'isolation: every probe past the service, on the quiet system' });
      return addCounts([
        { name: 'under load', counts: loaded },
        { name: 'quiet', counts: await probeOnce(probed) },
      ]);
    },
  };
}

async function probeOnce(probed: ProbedSystem): Promise<ProbeCount[]> {
  try {
    return await runSuites(allSuites, await sceneOf(probed));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const probe = `${layerOfAll}: every probe past the service`;
    const outcome = { count: 1, violations: 0, undecided: 1, examples: [`nothing could be probed: ${reason}`] };
    return [{ layer: layerOfAll, claim: 'SEC-ISO', probe, kind: 'probe', ...outcome }];
  }
}

const layerOfAll = 'sql';

async function sceneOf({ system, services, manifestPath, root, progress, signal }: ProbedSystem): Promise<ProbeScene> {
  const service = services.find(({ arm }) => arm === PRODUCTION) ?? services[0];
  if (service === undefined) throw new Error('no service runs');
  const manifest = manifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  return { system, service, manifest, root, signal, note: (message) => progress({ kind: 'step', message }) };
}
