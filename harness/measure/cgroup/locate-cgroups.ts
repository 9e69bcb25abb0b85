/** Finds the control groups of a living process that account for its CPU and its memory. */
import { readFileSync } from 'node:fs';
import { type CgroupPlace, type Membership, parseCgroupMounts, parseMemberships, placeOf } from './cgroup-place.ts';

export interface CgroupPlaces {
  /** Limit and throttling; null: none of the kind. */
  cpu: CgroupPlace | null;
  /** CPU time: a tree of its own in version 1. */
  usage: CgroupPlace | null;
  memory: CgroupPlace | null;
}

/** Throws when the process has gone, or when its groups cannot be seen from here. */
export function locateCgroups(pid: number): CgroupPlaces {
  return locate(parseMemberships(readFileSync(`/proc/${pid}/cgroup`, 'utf8')));
}

/**
 * The groups of a container: those whose name has its id, even where its first process has moved on below. null where
 * the process is not this container's: the engine's ids are of another machine, or of another namespace.
 */
export function locateContainer(pid: number, containerId: string): CgroupPlaces | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/cgroup`, 'utf8');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
  const memberships = parseMemberships(text).map((one) => ({ ...one, path: upTo(one.path, containerId) }));
  const accounting = memberships.filter(
    ({ controllers }) => controllers.length === 0 || controllers.some((name) => name === 'cpu' || name === 'memory'),
  );
  const own = accounting.filter((one): one is Membership => one.path !== null);
  // A hybrid machine may keep a container out of the tree of version 2, which then accounts for nothing.
  return own.some(({ controllers }) => controllers.length > 0) || own.length === accounting.length
    ? locate(memberships.filter((one): one is Membership => one.path !== null))
    : null;
}

/** /docker/ID, /system.slice/docker-ID.scope, …/docker-ID.scope/init.scope: cut after the part with the id. */
function upTo(path: string, containerId: string): string | null {
  const parts = path.split('/');
  const at = parts.findIndex((part) => part.includes(containerId));
  return at === -1 ? null : parts.slice(0, at + 1).join('/');
}

function locate(memberships: readonly Membership[]): CgroupPlaces {
  const mounts = parseCgroupMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
  const [cpu, usage, memory] = ['cpu', 'cpuacct', 'memory'].map((name) => placeOf(name, memberships, mounts));
  return { cpu: cpu ?? null, usage: usage ?? null, memory: memory ?? null };
}

/** Whether what was to be read has ended or was removed. */
export function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESRCH' || code === 'ENODEV';
}
