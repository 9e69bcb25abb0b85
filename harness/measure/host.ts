/** Gathers how busy the machine was, how much a hypervisor took away, and what each server and the generator used. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Measurement } from '../model/measurement.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { type Gatherer, NotSupported } from './gatherer.ts';
import { type CpuTimes, parseCpuTimes, parseLoadAverage, parseMemoryAvailable } from './proc.ts';
import { ProcessMeter } from './process-meter.ts';

type HostFacts = Extract<Measurement['artefacts']['host'], { ok: true }>['value'];

interface HostReading {
  atMs: number;
  cpu: CpuTimes;
}

/**
 * Reads /proc at the window's start, each second, and at its end. The generator is metered apart; its figures are
 * listed here. Processes whose pid is not known (containers, external) are not listed; nor is one that was gone before
 * a second reading.
 */
export function hostGatherer(
  system: System,
  services: ServiceInstance[],
  generator: () => ProcessMeter | null,
): Gatherer<HostFacts> {
  const meters = serverMeters(system, services);
  const readings: HostReading[] = [];
  let memoryAvailableBytes = Number.POSITIVE_INFINITY;
  let loadAverage1 = 0;

  const look = async (): Promise<void> => {
    const atMs = Date.now();
    for (const meter of meters) meter.look(atMs);
    const [cpu = '', memory = '', load = ''] = await Promise.all(
      ['stat', 'meminfo', 'loadavg'].map((name) => readFile(`/proc/${name}`, 'utf8')),
    );
    memoryAvailableBytes = Math.min(memoryAvailableBytes, parseMemoryAvailable(memory));
    loadAverage1 = Math.max(loadAverage1, parseLoadAverage(load));
    readings.push({ atMs, cpu: parseCpuTimes(cpu) });
  };

  return {
    open: () => (process.platform === 'linux' ? Promise.resolve() : Promise.reject(notLinux())),
    windowStarts: look,
    everySecond: look,
    windowEnds: look,
    read: () => {
      const [first, last] = [readings.at(0), readings.at(-1)];
      if (first === undefined || last === undefined || first === last)
        throw new Error('fewer than two readings of /proc');
      const elapsedSeconds = (last.atMs - first.atMs) / 1_000;
      const seen = [generator(), ...meters].filter((meter) => meter?.seenTwice === true);
      const processes = seen.flatMap((meter) => (meter === null ? [] : [processUse(meter, elapsedSeconds)]));
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
  // k6 and, embedded, the servers are children of this program, each with a meter of its own.
  const harness = new ProcessMeter('harness', process.pid, { withChildren: false });
  return [harness, ...servers.flatMap(([name, pid]) => (pid === null ? [] : [new ProcessMeter(name, pid)]))];
}

function processUse(meter: ProcessMeter, elapsedSeconds: number): HostFacts['processes'][number] {
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
