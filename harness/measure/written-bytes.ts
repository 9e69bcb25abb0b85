/** Tells how many bytes the process of a service has written: to sockets, files and pipes. */
import { readFile } from 'node:fs/promises';
import type { Container, ServiceInstance } from '../model/system.ts';
import { locateContainer } from './cgroup/locate-cgroups.ts';
import { connectDocker, inspectContainer } from './containers/docker.ts';

/**
 * The process of a service on this machine: a child of ours, or the first process of its container. null where it is
 * not ours to see: named by its address alone, or in a container on another machine.
 */
export async function findServiceProcess(
  containers: readonly Container[],
  { arm, pid }: ServiceInstance,
): Promise<number | null> {
  if (pid !== null) return pid;
  const container = containers.find(({ name }) => name === `service:${arm}`);
  if (container === undefined) return null;
  const first = (await inspectContainer(await connectDocker(), container.id))?.State.Pid ?? 0;
  return first > 0 && locateContainer(first, container.id) !== null ? first : null;
}

/** Errors of a process that has ended, is of somebody else, or of a system that has no /proc. */
const NOT_OURS = ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'];

/** `wchar` of /proc/PID/io (proc(5)): what it has passed to write(2) and its like. null where that may not be read. */
export async function readWrittenBytes(pid: number | null): Promise<number | null> {
  if (pid === null) return null;
  try {
    return parseWrittenBytes(await readFile(`/proc/${pid}/io`, 'utf8'));
  } catch (error) {
    if (NOT_OURS.includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

export function parseWrittenBytes(text: string): number {
  const written = /^wchar: (\d+)$/m.exec(text)?.[1];
  if (written === undefined) throw new Error(`not /proc/PID/io: ${text.slice(0, 80)}`);
  return Number(written);
}
