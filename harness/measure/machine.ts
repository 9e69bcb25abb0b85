/** Gathers what may befall the machine beside its load: a clock that is set, memory that is swapped, a disk that fills. */
import { readFile, statfs } from 'node:fs/promises';
import type { MachineFacts } from '../model/guarded-facts.ts';
import { ClockSteps } from './clock-steps.ts';
import { type Gatherer, NotSupported } from './gatherer.ts';
import { parseSwappedPages } from './proc.ts';

/** `directories`: whose disks must not fill. All is read before k6 starts and after it has ended; the clock each second, too. */
export function machineGatherer(directories: readonly string[]): Gatherer<MachineFacts> {
  const clock = new ClockSteps();
  let swappedBefore = 0;
  let freeBefore = Number.POSITIVE_INFINITY;
  const lookAtClock = (): Promise<void> => {
    clock.look();
    return Promise.resolve();
  };
  return {
    open: async () => {
      if (process.platform !== 'linux') {
        throw new NotSupported(`swapped pages are read from /proc, which ${process.platform} does not have`);
      }
      swappedBefore = await readSwappedPages();
      freeBefore = await leastFreeBytes(directories);
      clock.look();
    },
    windowStarts: lookAtClock,
    everySecond: lookAtClock,
    windowEnds: lookAtClock,
    read: async () => {
      clock.look();
      return {
        clockStepMs: clock.spanMs(),
        swappedPages: Math.max(0, (await readSwappedPages()) - swappedBefore),
        diskFreeBytes: Math.min(freeBefore, await leastFreeBytes(directories)),
      };
    },
  };
}

async function readSwappedPages(): Promise<number> {
  return parseSwappedPages(await readFile('/proc/vmstat', 'utf8'));
}

async function leastFreeBytes(directories: readonly string[]): Promise<number> {
  const disks = await Promise.all(directories.map((directory) => statfs(directory)));
  return Math.min(...disks.map(({ bavail, bsize }) => bavail * bsize));
}
