/** Measures on, block after block of the same experiments, until the gated latency claims are decided or the allowed time is over. */
import { planFurtherBlocks } from '../claims/plan-further-blocks.ts';
import { whyNotFurther } from '../claims/why-not-further.ts';
import { blocksAskedFor } from '../model/run-config.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { askForFurtherBlocks, type RunFolder } from '../store.ts';
import { formatDuration } from './format.ts';
import { gatedFigures } from './gated-figures.ts';
import { loadMeasured } from './load-evidence.ts';
import { measureBlocks, type MeasureProfileOptions } from './measure-profile.ts';

export interface UntilDecidedOptions extends MeasureProfileOptions {
  thresholds: Thresholds;
  /** Told of the folder each time that more was asked for, so that whoever concludes the run knows of it. */
  asked: (run: RunFolder) => void;
}

/** Returns the folder with what was asked for in the end. A run whose end was fixed beforehand is left as it is. */
export async function measureUntilDecided(options: UntilDecidedOptions): Promise<RunFolder> {
  const { thresholds } = options;
  let { run } = options;
  let leftMs = run.config.untilDecided?.atMostMs ?? 0;
  if (leftMs <= 0) return run;
  for (;;) {
    // What the environment brought up is no latency: the record is written when measuring is over.
    const evidence = await loadMeasured(run, { prerequisites: [], environmentReadyMs: 0 });
    const figures = gatedFigures({ config: run.config, tenants: evidence.environment.tenants, thresholds });
    const { progress } = options;
    const question = { evidence, thresholds, figures, leftMs };
    const plan = planFurtherBlocks(question);
    if (plan === null) {
      progress({ kind: 'step', message: `not measured on: ${whyNotFurther(question)}` });
      return run;
    }
    const experiment = run.config.profile.experiments.find(({ id }) => id === plan.experimentId);
    if (experiment === undefined) return run;
    for (const { id, reason } of plan.open) progress({ kind: 'step', message: `${id} is undecided: ${reason}` });
    progress({
      kind: 'stage',
      id: `measure-on:${experiment.id}`,
      title: `measure on: ${experiment.scenario.title}, ${plan.blocks} more ${plan.blocks === 1 ? 'block' : 'blocks'}, until decided or ${formatDuration(leftMs)} of further load are over`,
      expectedMs: plan.loadMs,
    });
    const first = blocksAskedFor(run.config, experiment);
    run = await askForFurtherBlocks(run, experiment.id, plan.blocks);
    options.asked(run);
    await measureBlocks({ ...options, run }, experiment, { first, count: plan.blocks });
    leftMs -= plan.loadMs;
  }
}
