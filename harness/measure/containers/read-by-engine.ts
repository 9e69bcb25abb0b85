/** Looks at a container by asking the engine: for containers whose control groups cannot be seen from here. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseCpuTimes } from '../proc.ts';
import type { ContainerReading } from './container-reading.ts';
import type { Docker } from './docker.ts';
import { parseStats } from './parse-stats.ts';

export interface EngineReader {
  read: () => Promise<ContainerReading | null>;
  /** Whether the engine's processors are this machine's; null until a container was read. */
  sharesProcessors: () => boolean | null;
}

/** Both figures are taken within a fraction of a second of each other. */
const SAME_MACHINE_SECONDS_PER_CORE = 1;

export function readByEngine(docker: Docker, id: string): EngineReader {
  let shares: boolean | null = null;
  return {
    read: async () => {
      const reading = parseStats(await statsOf(docker, id));
      if (reading === null) return null;
      const { machineCpuSeconds: theirs, ...figures } = reading;
      const ours = machineCpuSeconds();
      shares ??=
        theirs !== null && ours !== null && Math.abs(theirs - ours) < SAME_MACHINE_SECONDS_PER_CORE * cpus().length;
      return figures;
    },
    sharesProcessors: () => shares,
  };
}

/** Busy and idle time of this machine's processors, as the engine counts it: without what a hypervisor took. */
function machineCpuSeconds(): number | null {
  if (process.platform !== 'linux') return null;
  const { busySeconds, idleSeconds } = parseCpuTimes(readFileSync('/proc/stat', 'utf8'));
  return busySeconds + idleSeconds;
}

/** one-shot: without a second look one second later (API 1.41); the engine still answers at its next tick only. */
async function statsOf(docker: Docker, id: string): Promise<unknown> {
  try {
    return await docker.getContainer(id).stats({ stream: false, 'one-shot': true });
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return NOT_RUNNING;
    throw error;
  }
}

const NOT_RUNNING = { read: '0001-01-01T00:00:00Z', cpu_stats: { cpu_usage: { total_usage: 0 } }, memory_stats: {} };
