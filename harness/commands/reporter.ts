/** Where progress goes while a run is going on: to the terminal and to the run's log. */
import type { Progress } from '../model/progress.ts';
import type { RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { createProgressDisplay } from './progress-display.ts';
import { createRunLog } from './run-log.ts';

export interface Reporter {
  progress: Progress;
  /** An entry for the log only. */
  note(entry: Record<string, unknown>): void;
  /** From now on the log is written to this folder. */
  attach(run: RunFolder): void;
  /** The folder that was attached, null before. */
  readonly run: RunFolder | null;
  /** Clears the changing line and waits until the log is written. */
  end(): Promise<void>;
}

export function createReporter(context: CommandContext): Reporter {
  const display = createProgressDisplay(context);
  const log = createRunLog(context);
  let attached: RunFolder | null = null;
  return {
    progress: (event) => {
      display.progress(event);
      log.record(event);
    },
    note: (entry) => {
      log.note(entry);
    },
    attach: (run) => {
      attached = run;
      log.attach(run);
    },
    get run() {
      return attached;
    },
    end: async () => {
      display.clear();
      await log.flush();
    },
  };
}
