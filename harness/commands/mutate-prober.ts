/** Asks the probes of chosen layers on a quiet system, as some of its tenants, with the tokens and the folder that they need. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withRedisAdmin } from '../faults/with-redis-admin.ts';
import { allSuites } from '../measure/isolation/all-suites.ts';
import { runSuites } from '../measure/isolation/run-suites.ts';
import { probeApi } from '../measure/probe-api.ts';
import { writeTokens } from '../measure/write-tokens.ts';
import { SignoffError } from '../model/errors.ts';
import type { Manifest } from '../model/manifest.ts';
import type { ProbeCount } from '../model/measurement.ts';
import { type ProbeLayer, probeLayers } from '../model/probe-layer.ts';
import type { ServiceInstance } from '../model/system.ts';
import type { PreparedSystem } from './prepare-system.ts';

export interface Prober {
  /** One layer after the other, so that none disturbs another. A service with a database of its own is probed on that one. */
  ask(layers: readonly ProbeLayer[], service: ServiceInstance): Promise<ProbeCount[]>;
  /** Makes Redis forget what services have kept for these tenants, so that none is answered with what another one wrote. */
  forgetCaches(): Promise<void>;
}

export interface Probers {
  /** As all tenants of the data. */
  all: Prober;
  /** As different ones each: they may ask at the same time. Only one where there are too few tenants. */
  apart: Prober[];
  close(): Promise<void>;
}

export interface ProberOptions {
  root: string;
  prepared: Pick<PreparedSystem, 'running' | 'toolset' | 'manifest' | 'manifestPath'>;
  signal: AbortSignal;
}

/** Two cores have two services and their probes to carry; more at once take as long. */
const PROBED_AT_ONCE = 2;
const LEAST_TENANTS = 2;

export async function openProbers(options: ProberOptions): Promise<Probers> {
  const { running, manifest } = options.prepared;
  const scratch = await mkdtemp(path.join(running.system.directory, 'mutate-'));
  const close = () => rm(scratch, { recursive: true, force: true });
  try {
    const all = await openProber(path.join(scratch, 'all'), manifest, options);
    const count = Math.max(1, Math.min(PROBED_AT_ONCE, Math.floor(manifest.tenants.length / LEAST_TENANTS)));
    const parts = Array.from({ length: count }, (_, part) => ({
      ...manifest,
      // Sizes and tiers are shuffled over the index: each part has some of every kind.
      tenants: manifest.tenants.filter((_tenant, index) => index % count === part),
    }));
    const apart: Prober[] = [];
    for (const [index, part] of parts.entries()) {
      apart.push(await openProber(path.join(scratch, String(index)), part, options));
    }
    return { all, apart: count === 1 ? [all] : apart, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openProber(scratch: string, manifest: Manifest, options: ProberOptions): Promise<Prober> {
  const { root, prepared, signal } = options;
  const { running, toolset } = prepared;
  const isAlone = manifest.tenants.length === prepared.manifest.tenants.length;
  await mkdir(scratch);
  const manifestPath = path.join(scratch, 'manifest.json');
  await writeFile(manifestPath, JSON.stringify(manifest));
  const tokensPath = await writeTokens(running.system.vault, manifestPath, scratch);
  const scenariosDirectory = path.join(root, 'scenarios');
  const api = { manifestPath, tokensPath, k6Path: toolset.k6.path, scenariosDirectory, scratch, signal };
  const sceneOf = (service: ServiceInstance) => {
    const { system } = running;
    const { database = system.postgres.database } = service;
    return { root, manifest, service, signal, system: { ...system, postgres: { ...system.postgres, database } } };
  };
  const tenantIds = new Set(manifest.tenants.map(({ id }) => id));
  // Whoever asks as all tenants is alone: what some mutant left under no tenant's key goes, too.
  const isForgotten = (key: string): boolean =>
    isAlone ? !markOfProcess.test(key) : tenantIds.has(keyOfTenant.exec(key)?.[1] ?? '');
  return {
    ask: async (layers, service) => {
      const counts: ProbeCount[] = [];
      for (const layer of probeLayers.filter((each) => layers.includes(each))) {
        const suites = allSuites.filter((suite) => suite.layer === layer);
        counts.push(
          ...(layer === 'api' ? await probeApi({ ...api, service }) : await runSuites(suites, sceneOf(service))),
        );
        if (signal.aborted) throw interruption(signal);
      }
      return counts;
    },
    forgetCaches: () => withRedisAdmin(running.system, (redis) => forget(redis, isForgotten)),
  };
}

function interruption(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new SignoffError('INTERRUPTED', String(signal.reason));
}

type Redis = Parameters<Parameters<typeof withRedisAdmin>[1]>[0];

const keyOfTenant = /^tenant:([^:]+):/;
/** A process that loses its own mark takes Redis for emptied, and would ask the database from then on. */
const markOfProcess = /^tenant:00000000-0000-0000-0000-000000000000:process:/;

async function forget(redis: Redis, isForgotten: (key: string) => boolean): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 500);
    const forgotten = keys.filter(isForgotten);
    if (forgotten.length > 0) await redis.unlink(...forgotten);
    cursor = next;
  } while (cursor !== '0');
}
