/** Runs all probes twice: beside the load, and again when it is over and the system is quiet. */
import { readFile } from 'node:fs/promises';
import { manifestSchema } from '../../model/manifest.ts';
import type { ProbeCount } from '../../model/measurement.ts';
import type { ProbeLayer } from '../../model/probe-layer.ts';
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
  /**
   * After the load, of which those through the API were a part: waits for the suites beside it, and runs everything once more. Gives the
   * counts of both moments together. Never rejects.
   */
  finish: (throughApi: ProbeCount[], askApi: AskApi) => Promise<ProbeCount[]>;
}

export type AskApi = (service: ServiceInstance) => Promise<ProbeCount[]>;

/** Production's mode, where it is among them. */
const PRODUCTION = 'rls';

export function probeMoments(probed: ProbedSystem): MomentProbes {
  let underLoad: Promise<ProbeCount[]> | null = null;
  return {
    at: (moment) => {
      if (moment === 'windowStarts') underLoad ??= probeOnce(probed);
    },
    finish: async (throughApi, askApi) => {
      const loaded = underLoad === null ? [] : await underLoad;
      probed.progress({ kind: 'step', message: 'isolation: every probe again, on the quiet system' });
      const quiet = [...(await orUndecided('api', () => askApi(productionOf(probed)))), ...(await probeOnce(probed))];
      return addCounts([
        { name: 'under load', counts: [...throughApi, ...loaded] },
        { name: 'quiet', counts: quiet },
      ]);
    },
  };
}

function probeOnce(probed: ProbedSystem): Promise<ProbeCount[]> {
  return orUndecided('sql', async () => await runSuites(allSuites, await sceneOf(probed)));
}

async function orUndecided(layer: ProbeLayer, ask: () => Promise<ProbeCount[]>): Promise<ProbeCount[]> {
  try {
    return await ask();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const probe = layer === 'api' ? 'api: every probe on the quiet system' : `${layer}: every probe past the service`;
    const outcome = { count: 1, violations: 0, undecided: 1, examples: [`nothing could be probed: ${reason}`] };
    return [{ layer, claim: 'SEC-ISO', probe, kind: 'probe', ...outcome }];
  }
}

function productionOf({ services }: ProbedSystem): ServiceInstance {
  const service = services.find(({ arm }) => arm === PRODUCTION) ?? services[0];
  if (service === undefined) throw new Error('no service runs');
  return service;
}

async function sceneOf(probed: ProbedSystem): Promise<ProbeScene> {
  const { system, manifestPath, root, progress, signal } = probed;
  const service = productionOf(probed);
  const manifest = manifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  return { system, service, manifest, root, signal, note: (message) => progress({ kind: 'step', message }) };
}
