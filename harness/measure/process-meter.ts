/**
 * Meters the CPU and memory of one server: a process and its direct children, as Postgres has one for each connection.
 */
import { readFileSync } from 'node:fs';
import { parseProcessStat, parseResidentMemory } from './proc.ts';

interface Reading {
  atMs: number;
  cpuSeconds: number;
}

export interface ProcessFigures {
  cpuSecondsPerSecond: number;
  peakRssBytes: number;
}

/**
 * Whose CPU beside its own belongs to a process. `ended`: children that it has waited for, for a process whose running
 * children are metered by themselves; `none`: where the ended ones were metered, too.
 */
export type CountedChildren = 'all' | 'ended' | 'none';

/** Life cycle: `look` as often as wanted while the process lives, then `figures`. Linux only. */
export class ProcessMeter {
  readonly name: string;
  readonly #pid: number;
  readonly #children: CountedChildren;
  #first: Reading | null = null;
  #last: Reading | null = null;
  #peakRssBytes = 0;

  constructor(name: string, pid: number, children: CountedChildren = 'all') {
    this.name = name;
    this.#pid = pid;
    this.#children = children;
  }

  /** Takes a reading; false when the process has gone, then what was seen before stays. */
  look(atMs: number): boolean {
    const own = readStat(this.#pid);
    if (own === null) return false;
    const children = this.#children === 'all' ? childrenOf(this.#pid) : [];
    // A child that ends moves its time into the parent's account, so the sum never falls.
    const running = children.reduce((sum, pid) => sum + (readStat(pid)?.ownCpuSeconds ?? 0), 0);
    const ended = this.#children !== 'none' ? own.endedChildrenCpuSeconds : 0;
    const reading = { atMs, cpuSeconds: own.ownCpuSeconds + ended + running };
    this.#first ??= reading;
    this.#last = reading;
    this.#peakRssBytes = Math.max(this.#peakRssBytes, residentBytes([this.#pid, ...children]));
    return true;
  }

  get seenTwice(): boolean {
    return this.#first !== null && this.#last !== null && this.#last.atMs > this.#first.atMs;
  }

  /** Between the first and the last reading. Throws when there are fewer than two: then nothing is known. */
  figures(): ProcessFigures {
    if (this.#first === null || this.#last === null || this.#last.atMs <= this.#first.atMs) {
      throw new Error(
        `fewer than two readings of ${this.name} (process ${this.#pid}): it was gone, or the window was empty`,
      );
    }
    const elapsedSeconds = (this.#last.atMs - this.#first.atMs) / 1_000;
    const cpuSeconds = Math.max(0, this.#last.cpuSeconds - this.#first.cpuSeconds);
    return { cpuSecondsPerSecond: cpuSeconds / elapsedSeconds, peakRssBytes: this.#peakRssBytes };
  }
}

function readStat(pid: number): ReturnType<typeof parseProcessStat> | null {
  const text = readIfThere(`/proc/${pid}/stat`);
  return text === null ? null : parseProcessStat(text);
}

/** Needs CONFIG_PROC_CHILDREN, which distributions' kernels have; without it only the process itself is seen. */
function childrenOf(pid: number): number[] {
  const text = readIfThere(`/proc/${pid}/task/${pid}/children`) ?? '';
  return text
    .split(' ')
    .filter((part) => part.trim() !== '')
    .map(Number);
}

/**
 * Own memory summed; shared memory (Postgres: its buffers) counted once, as the largest that one of them has mapped.
 */
function residentBytes(pids: number[]): number {
  const memory = pids.map((pid) => parseResidentMemory(readIfThere(`/proc/${pid}/status`) ?? ''));
  const own = memory.reduce((sum, { anonymousBytes }) => sum + anonymousBytes, 0);
  return own + Math.max(0, ...memory.map(({ sharedBytes }) => sharedBytes));
}

/** A process may end between two reads. */
function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}
