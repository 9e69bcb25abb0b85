/** Outcomes of many decisions → one row of the calibration. */
import { clopperPearson } from '../../harness/statistics/clopper-pearson.ts';
import type { CalibrationRow } from './calibration.ts';
import type { Outcome } from './decide-many.ts';
import type { Method } from './method.ts';

/** Load of a block, its warm-up included. */
export const blockSeconds = 6;
/** The time in which each gate has to find what it promises: 60 s and 5 min. */
export const inTimeBlocks = { median: 10, tail: 50 } as const;

export function summariseOutcomes(method: Method, effect: number, outcomes: readonly Outcome[]): CalibrationRow {
  const blocksOf = (decision: Outcome['decision']) =>
    outcomes
      .filter((one) => one.decision === decision)
      .map(({ blocks }) => blocks)
      .sort((a, b) => a - b);
  const [broken, holds] = [blocksOf('broken'), blocksOf('holds')];
  const decisions = outcomes.length;
  // Until a share of all decisions, those included that never came to it.
  const secondsUntil = (blocks: readonly number[], share: number) => {
    const at = blocks[Math.ceil(share * decisions) - 1];
    return at === undefined ? null : at * blockSeconds;
  };
  return {
    method: method.id,
    title: method.title,
    gate: method.gate,
    effect,
    decisions,
    broken: broken.length,
    holds: holds.length,
    brokenBounds: clopperPearson({ successes: broken.length, trials: decisions, confidence: 0.95 }),
    secondsToBroken: { half: secondsUntil(broken, 0.5), most: secondsUntil(broken, 0.95) },
    brokenInTime: broken.filter((blocks) => blocks <= inTimeBlocks[method.gate]).length,
    secondsToHold: secondsUntil(holds, 0.5),
  };
}
