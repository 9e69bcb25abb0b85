/** Gathers how long k6's threads, ready to run, waited for a processor. */
import { readFileSync, readdirSync } from 'node:fs';
import type { SchedulingFacts } from '../model/guarded-facts.ts';
import { type Gatherer, NotSupported } from './gatherer.ts';
import { type ThreadSchedule, parseSchedstat } from './proc.ts';

/** `pid` is asked for at each look, because k6 starts after the gatherers are ready. Needs CONFIG_SCHED_INFO, as distributions have it. */
export function generatorSchedulingGatherer(pid: () => number | null): Gatherer<SchedulingFacts> {
  const first = new Map<string, ThreadSchedule>();
  const last = new Map<string, ThreadSchedule>();
  const look = (isFirst: boolean): Promise<void> => {
    const generator = pid();
    if (generator === null) return Promise.reject(new Error('k6 never ran'));
    for (const [thread, schedule] of readThreads(generator)) {
      if (isFirst) first.set(thread, schedule);
      last.set(thread, schedule);
    }
    return Promise.resolve();
  };
  return {
    open: () => {
      if (process.platform === 'linux') return Promise.resolve();
      return Promise.reject(new NotSupported(`/proc/PID/schedstat is Linux's; ${process.platform} has none`));
    },
    windowStarts: () => look(true),
    everySecond: () => look(false),
    windowEnds: () => look(false),
    read: () => Promise.resolve(sumOfChanges(first, last)),
  };
}

/** A thread that was born in the window counts from its beginning; one that ended keeps what was seen of it last. */
function sumOfChanges(
  first: ReadonlyMap<string, ThreadSchedule>,
  last: ReadonlyMap<string, ThreadSchedule>,
): SchedulingFacts {
  const total = { waitSeconds: 0, runSeconds: 0, slices: 0 };
  for (const [thread, now] of last) {
    const then = first.get(thread) ?? { waitSeconds: 0, runSeconds: 0, slices: 0 };
    total.waitSeconds += now.waitSeconds - then.waitSeconds;
    total.runSeconds += now.runSeconds - then.runSeconds;
    total.slices += now.slices - then.slices;
  }
  return total;
}

function readThreads(pid: number): [thread: string, schedule: ThreadSchedule][] {
  return (entriesIfThere(`/proc/${pid}/task`) ?? []).flatMap((thread): [string, ThreadSchedule][] => {
    const text = textIfThere(`/proc/${pid}/task/${thread}/schedstat`);
    return text === null ? [] : [[thread, parseSchedstat(text)]];
  });
}

/** k6 and its threads may end between two looks. */
function unlessGone<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

const entriesIfThere = (path: string): string[] | null => unlessGone(() => readdirSync(path));
const textIfThere = (path: string): string | null => unlessGone(() => readFileSync(path, 'utf8'));
