/** The share of failed requests for a gate of one's own: Clopper–Pearson on the effective sample size. */
import { clopperPearson } from '../../statistics/clopper-pearson.ts';
import { countExceedances } from '../../statistics/count-exceedances.ts';
import { effectiveSampleSize } from '../../statistics/effective-sample-size.ts';
import { firstInteger } from '../../statistics/first-integer.ts';
import { percentile } from '../../statistics/percentile.ts';
import { numberText, roughText } from '../number-text.ts';
import type { RequestColumns } from '../request-columns.ts';
import { type FigureOf, directionOf, failedIn, measuredMs, requestsIn } from './gate-figure.ts';

const windowMs = 1000;
const slowest = 0.99;
const mostSamples = 1e9;

export const failedShareFigure: FigureOf = ({ gate, blocks, confidence }) => {
  const samples = requestsIn(blocks);
  if (samples === 0) return null;
  const share = failedIn(blocks) / samples;
  const effective = worthOf(blocks, confidence);
  const trials = effective ?? 0;
  const [lower, upper] = clopperPearson({ successes: share * trials, trials, confidence });
  const worth = `${numberText(samples)} requests are worth ${numberText(Math.floor(trials))} independent ones`;
  const few = trials < gate.minimumSamples ? `${worth}, fewer than ${numberText(gate.minimumSamples)}` : null;
  return {
    quantity: {
      ...{ value: share * 100, unit: '%', direction: directionOf(gate), samples, effectiveSamples: trials },
      interval: effective === null ? [null, null] : [lower * 100, upper * 100],
      confidence,
    },
    evidence: [{ label: 'effective samples', note: worth }],
    tooFew: effective === null ? 'the measured time is too short to see how its requests hang together' : few,
    needs:
      effective === null
        ? 'a measured time of at least six seconds'
        : describeNeeds({
            ...{ share, limit: (gate.condition?.limit ?? 0) / 100, confidence, minimum: gate.minimumSamples },
            ...{ samples, worth: trials / samples, perSecond: (samples * 1000) / measuredMs(blocks) },
          }),
  };
};

/**
 * Failures that come together are worth fewer. Where few failed, their correlation is not to be seen, so that of the slowest hundredth counts
 * if it is worse: both come from the same pauses. null where the measured time is too short.
 */
function worthOf(blocks: readonly RequestColumns[], confidence: number): number | null {
  const failures = blocks.map((block) => windowsOf(block, Float64Array.from(block.failed), 1));
  const threshold = percentile(Float64Array.from(blocks.flatMap(({ durationMs }) => [...durationMs])), slowest) ?? 0;
  const slow = blocks.map((block) => windowsOf(block, block.durationMs, threshold));
  const found = [failures, slow].map((windows) => effectiveSampleSize(windows, confidence)?.effectiveSamples ?? null);
  return found.some((each) => each === null) ? null : Math.min(...found.map((each) => each ?? 0));
}

function windowsOf({ startedAtMs, fromMs, toMs }: RequestColumns, values: Float64Array, threshold: number) {
  return countExceedances({ at: startedAtMs, values, from: fromMs, to: toMs, windowLength: windowMs, threshold });
}

interface UndecidedShare {
  share: number;
  limit: number;
  confidence: number;
  /** Effective samples without which it never holds. */
  minimum: number;
  samples: number;
  /** Of a sample, up to 1. */
  worth: number;
  perSecond: number;
}

function describeNeeds({ share, limit, confidence, minimum, samples, worth, perSecond }: UndecidedShare): string {
  const decides = (total: number) => {
    const trials = total * worth;
    const [lower, upper] = clopperPearson({ successes: share * trials, trials, confidence });
    return trials >= minimum && (lower > limit || upper < limit);
  };
  const total = firstInteger(samples, mostSamples, decides);
  if (total === null) return 'another limit, or another system: the share lies on the limit';
  const more = Math.max(1, total - samples);
  return `about ${roughText(more)} more requests (about ${roughText(more / perSecond)} more seconds)`;
}
