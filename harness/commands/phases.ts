/** Wall time of each stage of a run, in order. */
import type { Phase } from '../model/run-record.ts';
import type { CommandContext } from './command-context.ts';

export interface PhaseClock {
  readonly phases: Phase[];
  /** Runs a stage and adds its time; a stage of the same name adds to the one before. Its time counts even when it throws. */
  time<T>(id: string, stage: () => Promise<T>): Promise<T>;
}

export function createPhaseClock(context: CommandContext): PhaseClock {
  const phases: Phase[] = [];
  return {
    phases,
    time: async (id, stage) => {
      const startedAt = context.elapsed();
      try {
        return await stage();
      } finally {
        const wallMs = Math.round(context.elapsed() - startedAt);
        const known = phases.find((phase) => phase.id === id);
        if (known === undefined) phases.push({ id, wallMs });
        else known.wallMs += wallMs;
      }
    },
  };
}
