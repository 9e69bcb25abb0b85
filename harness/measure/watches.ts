/** The gatherers of a block, side by side: asked at the same moments, each failing by itself. */
import type { Measurement } from '../model/measurement.ts';
import type { Progress } from '../model/progress.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { type Moment, Watch } from './gatherer.ts';
import { generatorMeter } from './generator-meter.ts';
import { hostGatherer } from './host.ts';
import { postgresGatherer } from './postgres.ts';
import { ProcessMeter } from './process-meter.ts';
import { redisGatherer } from './redis.ts';
import { serviceGatherer } from './service.ts';
import { vaultGatherer } from './vault.ts';

export interface Watches {
  /** Call once k6 runs. */
  meterGenerator: (pid: number) => void;
  /** Never rejects. */
  at: (moment: Moment) => Promise<void>;
  /** CPU seconds of k6 per second of the window, in an artefact because it may not be readable. */
  finish: () => Promise<WatchedArtefacts>;
}

export type WatchedArtefacts = Pick<Measurement['artefacts'], 'host' | 'postgres' | 'redis' | 'vault' | 'service'> & {
  generatorCpu: Awaited<ReturnType<Watch<number>['finish']>>;
};

export function startWatches(system: System, services: ServiceInstance[], progress: Progress): Watches {
  let meter: ProcessMeter | null = null;
  const watches = {
    // Before the host, which lists what this one has metered.
    generatorCpu: new Watch(
      'generator',
      generatorMeter(() => meter),
    ),
    host: new Watch(
      'host',
      hostGatherer(system, services, () => meter),
    ),
    postgres: new Watch('postgres', postgresGatherer(system, services, progress)),
    redis: new Watch('redis', redisGatherer(system)),
    vault: new Watch('vault', vaultGatherer(system)),
    service: new Watch('service', serviceGatherer(services)),
  };
  return {
    meterGenerator: (pid) => {
      meter = new ProcessMeter('k6', pid);
    },
    at: async (moment) => void (await Promise.all(Object.values(watches).map((watch) => watch.at(moment)))),
    finish: async () => ({
      generatorCpu: await watches.generatorCpu.finish(),
      host: await watches.host.finish(),
      postgres: await watches.postgres.finish(),
      redis: await watches.redis.finish(),
      vault: await watches.vault.finish(),
      service: await watches.service.finish(),
    }),
  };
}
