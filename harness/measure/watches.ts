/** The gatherers of a block, side by side: asked at the same moments, each failing by itself. */
import type { Artefact } from '../model/artefact.ts';
import type { GeneratorCgroup, Measurement } from '../model/measurement.ts';
import type { Progress } from '../model/progress.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { armCostsGatherer } from './arm-costs.ts';
import { containersGatherer } from './containers/containers.ts';
import { databaseStateGatherer } from './database-state.ts';
import { type Moment, Watch } from './gatherer.ts';
import { generatorCgroupGatherer } from './generator-cgroup.ts';
import { generatorMeter } from './generator-meter.ts';
import { generatorSchedulingGatherer } from './generator-scheduling.ts';
import { hostGatherer } from './host.ts';
import { machineGatherer } from './machine.ts';
import { postgresGatherer } from './postgres.ts';
import { ProcessMeter } from './process-meter.ts';
import { redisGatherer } from './redis.ts';
import { serviceScrapes } from './service-scrapes.ts';
import { serviceGatherer } from './service.ts';
import { vaultGatherer } from './vault.ts';

export interface Watches {
  /** Call once k6 runs. */
  meterGenerator: (pid: number) => void;
  /** Never rejects. */
  at: (moment: Moment) => Promise<void>;
  finish: () => Promise<WatchedArtefacts>;
}

export type WatchedArtefacts = Pick<
  Measurement['artefacts'],
  'host' | 'postgres' | 'redis' | 'vault' | 'service' | 'containers' | 'machine' | 'scheduling' | 'database' | 'costs'
> & { generatorUse: GeneratorUse };

/** What the machine says of k6; each may not be readable. */
export interface GeneratorUse {
  /** CPU seconds per second of the window. */
  cpu: Artefact<number>;
  cgroup: Artefact<GeneratorCgroup>;
}

/** What is watched; `directories`: whose disks must not fill. */
export interface Watched {
  system: System;
  services: ServiceInstance[];
  directories: readonly string[];
}

export function startWatches({ system, services, directories }: Watched, progress: Progress): Watches {
  let meter: ProcessMeter | null = null;
  let generatorPid: number | null = null;
  const containers = containersGatherer(system.containers);
  const scrapes = serviceScrapes(services);
  const watches = {
    // These before the host, which lists what they have metered.
    generatorCpu: new Watch(
      'generator',
      generatorMeter(() => meter),
    ),
    generatorCgroup: new Watch(
      'generator',
      generatorCgroupGatherer(() => generatorPid),
    ),
    containers: new Watch('containers', containers),
    host: new Watch(
      'host',
      hostGatherer(system, services, { generator: () => meter, containers: containers.useOfThisMachine }),
    ),
    postgres: new Watch('postgres', postgresGatherer(system, services, progress)),
    redis: new Watch('redis', redisGatherer(system)),
    vault: new Watch('vault', vaultGatherer(system)),
    service: new Watch('service', serviceGatherer(services, scrapes)),
    machine: new Watch('machine', machineGatherer(directories)),
    scheduling: new Watch(
      'scheduling',
      generatorSchedulingGatherer(() => generatorPid),
    ),
    database: new Watch('database', databaseStateGatherer(system, services)),
    costs: new Watch('costs', armCostsGatherer(system, services, scrapes)),
  };
  return {
    meterGenerator: (pid) => {
      generatorPid = pid;
      meter = new ProcessMeter('k6', pid);
    },
    at: async (moment) => void (await Promise.all(Object.values(watches).map((watch) => watch.at(moment)))),
    finish: async () => ({
      generatorUse: { cpu: await watches.generatorCpu.finish(), cgroup: await watches.generatorCgroup.finish() },
      containers: await watches.containers.finish(),
      host: await watches.host.finish(),
      postgres: await watches.postgres.finish(),
      redis: await watches.redis.finish(),
      vault: await watches.vault.finish(),
      service: await watches.service.finish(),
      machine: await watches.machine.finish(),
      scheduling: await watches.scheduling.finish(),
      database: await watches.database.finish(),
      costs: await watches.costs.finish(),
    }),
  };
}
