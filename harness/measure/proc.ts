/** Parses what Linux tells in /proc about processes, processors and memory (proc(5)). */

/** Kernel ticks per second in /proc: USER_HZ, 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

export interface ProcessTimes {
  /** CPU of the process itself, user and system, in seconds. */
  ownCpuSeconds: number;
  /** CPU of its children that have ended and were waited for. */
  endedChildrenCpuSeconds: number;
}

/** /proc/PID/stat. The second field is the command's name in brackets and may itself hold spaces and brackets. */
export function parseProcessStat(text: string): ProcessTimes {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // Field 3 of the manual page is the first one here: utime is 14, stime 15, cutime 16, cstime 17.
  const ticks = fields.slice(11, 15).map(Number);
  const [user = Number.NaN, system = Number.NaN, childUser = Number.NaN, childSystem = Number.NaN] = ticks;
  if (ticks.length < 4 || ticks.some(Number.isNaN)) throw new Error(`not a process stat line: ${text.slice(0, 80)}`);
  return {
    ownCpuSeconds: (user + system) / TICKS_PER_SECOND,
    endedChildrenCpuSeconds: (childUser + childSystem) / TICKS_PER_SECOND,
  };
}

/** Resident memory in bytes: what is the process's own, and what it may share with others. */
export interface ResidentMemory {
  anonymousBytes: number;
  sharedBytes: number;
}

/** /proc/PID/status; the lines are absent for kernel threads and zombies, which hold no memory. */
export function parseResidentMemory(text: string): ResidentMemory {
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1_024;
  return { anonymousBytes: bytes('RssAnon'), sharedBytes: bytes('RssFile') + bytes('RssShmem') };
}

export interface CpuTimes {
  busySeconds: number;
  idleSeconds: number;
  /** null where the kernel does not count it. */
  stealSeconds: number | null;
}

/** First line of /proc/stat: user nice system idle iowait irq softirq steal guest guest_nice, over all processors. */
export function parseCpuTimes(text: string): CpuTimes {
  const [name, ...ticks] = (text.split('\n')[0] ?? '').trim().split(/\s+/);
  if (name !== 'cpu' || ticks.length < 4) throw new Error(`not the first line of /proc/stat: ${text.slice(0, 80)}`);
  const seconds = ticks.map((tick) => Number(tick) / TICKS_PER_SECOND);
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupt = 0, softInterrupt = 0, steal] = seconds;
  return {
    busySeconds: user + nice + system + interrupt + softInterrupt,
    idleSeconds: idle + waiting,
    stealSeconds: steal ?? null,
  };
}

/** MemAvailable of /proc/meminfo, in bytes. */
export function parseMemoryAvailable(text: string): number {
  const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1];
  if (kibibytes === undefined) throw new Error('/proc/meminfo has no MemAvailable');
  return Number(kibibytes) * 1_024;
}

/** The first of the three averages of /proc/loadavg. */
export function parseLoadAverage(text: string): number {
  return Number(text.split(' ')[0]);
}

/** pswpin and pswpout of /proc/vmstat together, since the machine started; a kernel without swap has neither line. */
export function parseSwappedPages(text: string): number {
  if (!/^nr_free_pages /m.test(text)) throw new Error(`not /proc/vmstat: ${text.slice(0, 80)}`);
  const pages = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return pages('pswpin') + pages('pswpout');
}

export interface ThreadSchedule {
  runSeconds: number;
  /** Ready to run, and no processor was free. */
  waitSeconds: number;
  /** How often it was given a processor. */
  slices: number;
}

const NANOSECONDS_PER_SECOND = 1e9;

/** /proc/PID/task/TID/schedstat: time on the processor, time waiting for one (both in ns), time slices (kernel, sched-stats.rst). */
export function parseSchedstat(text: string): ThreadSchedule {
  const [run = Number.NaN, wait = Number.NaN, slices = Number.NaN] = text.trim().split(' ').map(Number);
  if ([run, wait, slices].some(Number.isNaN)) throw new Error(`not a schedstat line: ${text.slice(0, 80)}`);
  return { runSeconds: run / NANOSECONDS_PER_SECOND, waitSeconds: wait / NANOSECONDS_PER_SECOND, slices };
}
