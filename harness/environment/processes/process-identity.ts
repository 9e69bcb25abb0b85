/** Names a process so that it can be recognised later: its pid together with the moment it started, because pids are used again. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  pid: number;
  /** Opaque; equal only for the same process. Linux: boot id and start in clock ticks. Elsewhere: what ps prints. */
  startTime: string;
}

/** Fields of /proc/PID/stat counted from after the command's closing parenthesis; proc(5) numbers them 3 and 22. */
const STATE_FIELD = 0;
const START_FIELD = 19;

/** A zombie has ended; only its parent has not asked yet (a container's first process may never ask). */
const ENDED_STATES = new Set(['Z', 'X', 'x']);

function linuxStartTime(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null; // no such process, or one that has just gone
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (ENDED_STATES.has(fields[STATE_FIELD] ?? 'X')) return null;
  return `${bootId()}:${fields[START_FIELD]}`;
}

let knownBootId: string | null = null;

/** Ticks count from boot, so the boot belongs to the identity. */
function bootId(): string {
  knownBootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return knownBootId;
}

function psStartTime(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  } catch {
    return null; // ps exits with 1 where there is no such process
  }
}

/** The identity of a running process; null when there is none with this pid (or it has ended). */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const startTime = process.platform === 'linux' ? linuxStartTime(pid) : psStartTime(pid);
  return startTime === null ? null : { pid, startTime };
}

/** Whether this very process still runs; another one that was given its pid does not count. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startTime === identity.startTime;
}

/** The identity of this process. */
export function identifySelf(): ProcessIdentity {
  const self = identifyProcess(process.pid);
  if (self === null) throw new Error(`the process table does not list this process (${process.pid})`);
  return self;
}
