/** Gathers how busy the machine was, how much a hypervisor took away, and what each server and the generator used. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Measurement } from '../model/measurement.ts';
import type { ContainerUse } from '../model/container-use.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { findEngineProcesses, oursOf } from './containers/engine-processes.ts';
import { type Gatherer, NotSupported } from './gatherer.ts';
import { type CpuTimes, parseCpuTimes, parseLoadAverage, parseMemoryAvailable } from './proc.ts';
import { ProcessMeter } from './process-meter.ts';

type HostFacts = Extract<Measurement['artefacts']['host'], { ok: true }>['value'];
type ProcessUse = HostFacts['processes'][number];

interface HostReading {
  atMs: number;
  cpu: CpuTimes;
}

/** What others have metered and the account of the machine lists. */
export interface MeteredElsewhere {
  generator: () => ProcessMeter | null;
  /** Containers whose CPU is this machine's; throws where that could not be found out. */
  containers: () => ContainerUse[];
}

/**
 * Reads /proc at the window's start, each second, and at its end. The generator is metered apart; its figures are
 * listed here. So are those of containers: their own accounts have every process that ran in them. Processes whose pid
 * is not known (external) are not listed; nor is one that was gone before a second reading.
 */
export function hostGatherer(
  system: System,
  services: ServiceInstance[],
  elsewhere: MeteredElsewhere,
): Gatherer<HostFacts> {
  const inContainers = system.containers.length > 0;
  const meters = inContainers ? [harnessMeter()] : [harnessMeter(), ...serverMeters(system, services)];
  const engine: ProcessMeter[] = [];
  const readings: HostReading[] = [];
  let memoryAvailableBytes = Number.POSITIVE_INFINITY;
  let loadAverage1 = 0;

  const look = async (): Promise<void> => {
    const atMs = Date.now();
    for (const meter of [...meters, ...engine]) meter.look(atMs);
    const [cpu = '', memory = '', load = ''] = await Promise.all(
      ['stat', 'meminfo', 'loadavg'].map((name) => readFile(`/proc/${name}`, 'utf8')),
    );
    memoryAvailableBytes = Math.min(memoryAvailableBytes, parseMemoryAvailable(memory));
    loadAverage1 = Math.max(loadAverage1, parseLoadAverage(load));
    readings.push({ atMs, cpu: parseCpuTimes(cpu) });
  };

  return {
    open: () => (process.platform === 'linux' ? Promise.resolve() : Promise.reject(notLinux())),
    windowStarts: async () => {
      const pids = inContainers ? findEngineProcesses(oursOf(system)) : [];
      engine.push(...pids.map((pid) => new ProcessMeter('engine', pid, 'ended')));
      await look();
    },
    everySecond: look,
    windowEnds: look,
    read: () => {
      const [first, last] = [readings.at(0), readings.at(-1)];
      if (first === undefined || last === undefined || first === last)
        throw new Error('fewer than two readings of /proc');
      const elapsedSeconds = (last.atMs - first.atMs) / 1_000;
      const useOf = (each: (ProcessMeter | null)[]): ProcessUse[] =>
        each.flatMap((meter) => (meter?.seenTwice === true ? [processUse(meter, elapsedSeconds)] : []));
      const processes = [
        ...useOf([elsewhere.generator(), ...meters]),
        ...elsewhere.containers().map(containerUse),
        ...together(useOf(engine)),
      ];
      return Promise.resolve({ ...cpuShares(first.cpu, last.cpu), loadAverage1, memoryAvailableBytes, processes });
    },
  };
}

function notLinux(): Error {
  return new NotSupported(
    `figures of processes and processors are read from /proc, which ${process.platform} does not have`,
  );
}

function serverMeters(system: System, services: ServiceInstance[]): ProcessMeter[] {
  const servers: [name: string, pid: number | null][] = [
    ...services.map(({ arm, pid }): [string, number | null] => [`service:${arm}`, pid]),
    ['postgres', system.postgres.pid],
    ['redis', system.redis.pid],
    ['vault', system.vault.pid],
  ];
  return servers.flatMap(([name, pid]) => (pid === null ? [] : [new ProcessMeter(name, pid)]));
}

/** k6 and, embedded, the servers are children of this program, each with a meter of its own. */
function harnessMeter(): ProcessMeter {
  return new ProcessMeter('harness', process.pid, 'none');
}

function containerUse({ name, cpuSeconds, cpuCores, memoryPeakBytes }: ContainerUse): ProcessUse {
  return { name, cpuSeconds, cpuShareOfCores: cpuCores / availableParallelism(), peakRssBytes: memoryPeakBytes };
}

/** One line for all processes of a name; none for none. */
function together(uses: readonly ProcessUse[]): ProcessUse[] {
  const [first, ...others] = uses;
  if (first === undefined) return [];
  return [
    others.reduce(
      (sum, use) => ({
        name: sum.name,
        cpuSeconds: sum.cpuSeconds + use.cpuSeconds,
        cpuShareOfCores: sum.cpuShareOfCores + use.cpuShareOfCores,
        peakRssBytes: sum.peakRssBytes + use.peakRssBytes,
      }),
      first,
    ),
  ];
}

function processUse(meter: ProcessMeter, elapsedSeconds: number): ProcessUse {
  const { cpuSecondsPerSecond, peakRssBytes } = meter.figures();
  return {
    name: meter.name,
    cpuSeconds: cpuSecondsPerSecond * elapsedSeconds,
    cpuShareOfCores: cpuSecondsPerSecond / availableParallelism(),
    peakRssBytes,
  };
}

/** Shares of the time of all processors between two readings. */
export function cpuShares(first: CpuTimes, last: CpuTimes): { busyShare: number; stealShare: number | null } {
  const busy = last.busySeconds - first.busySeconds;
  const idle = last.idleSeconds - first.idleSeconds;
  const steal =
    last.stealSeconds === null || first.stealSeconds === null ? null : last.stealSeconds - first.stealSeconds;
  const all = busy + idle + (steal ?? 0);
  if (!(all > 0)) throw new Error('/proc/stat did not move between two readings');
  return { busyShare: Math.max(0, busy / all), stealShare: steal === null ? null : Math.max(0, steal / all) };
}
