/** A guard: one condition without which the figures of an experiment must not be believed. */
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Environment } from '../../model/environment.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { GuardId } from '../../model/thresholds.ts';

/** An experiment with the blocks of it that were measured: at least one. */
export interface MeasuredExperiment {
  experiment: Experiment;
  environment: Environment;
  blocks: readonly MeasuredBlock[];
}

/** The worst value over the blocks, or why there is none: then the guard has failed. */
export type Observation =
  | {
      observed: number;
      /** Told where the guard has failed. */
      detail?: string;
      /** Told always: what a reader should know although it breaks nothing. */
      note?: string;
    }
  | { unreadable: string };

export interface Guard {
  id: GuardId;
  title: string;
  why: string;
  bound: 'at-most' | 'at-least';
  /** Its failure in one experiment makes the whole run invalid, not only what that experiment measured. */
  invalidatesRun?: true;
  /** Whether the condition means anything for this experiment in this environment; always, where it is left out. */
  appliesTo?: (experiment: Experiment, environment: Environment) => boolean;
  read(measured: MeasuredExperiment): Observation;
}
