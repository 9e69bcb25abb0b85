/** log.ndjson of a run: every progress event and error, kept in memory until the run folder exists. */
import type { ProgressEvent } from '../model/progress.ts';
import { appendLog, type RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';

export interface RunLog {
  /** Live figures are left out: they are in the samples. */
  record(event: ProgressEvent): void;
  note(entry: Record<string, unknown>): void;
  /** From now on entries go to this folder. */
  attach(run: RunFolder): void;
  /** Waits until everything is written. */
  flush(): Promise<void>;
}

export function createRunLog(context: CommandContext): RunLog {
  const waiting: Record<string, unknown>[] = [];
  let folder: RunFolder | null = null;
  let writing = Promise.resolve();
  const drain = () => {
    const target = folder;
    if (target === null) return;
    for (const entry of waiting.splice(0)) writing = writing.then(() => appendLog(target, entry));
  };
  const note = (entry: Record<string, unknown>) => {
    waiting.push({ at: context.now().toISOString(), ...entry });
    drain();
  };
  return {
    record: (event) => {
      if (event.kind !== 'live' && event.kind !== 'fraction') note({ ...event });
    },
    note,
    attach: (run) => {
      folder = run;
      drain();
    },
    flush: () => writing,
  };
}
