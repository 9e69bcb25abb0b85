/**
 * The slowest or fastest request of a run for a gate of one's own.
 *
 * No sample bounds what is slower than all that were seen, so nothing is estimated: as with the claims of zero tolerance one request beyond
 * the limit breaks it, and it holds of the requests that there were, once they are enough.
 */
import { clopperPearson } from '../../statistics/clopper-pearson.ts';
import { numberText } from '../number-text.ts';
import { type FigureOf, asCounted, directionOf, requestsIn } from './gate-figure.ts';

export const extremeFigure: FigureOf = ({ gate, blocks, confidence }) => {
  const samples = requestsIn(blocks);
  if (samples === 0) return null;
  const times = asCounted(blocks, gate).map(({ durationMs }) => durationMs);
  const isMax = gate.aggregation === 'max';
  const value = times
    .flatMap((each) => [...each])
    .reduce((found, each) => (isMax ? Math.max(found, each) : Math.min(found, each)), isMax ? 0 : Infinity);
  const [, rarer] = clopperPearson({ successes: 0, trials: samples, confidence });
  const note = `of the requests that were made; what befalls fewer than ${numberText(rarer * 100)} % of requests may not have been among them`;
  return {
    quantity: {
      value,
      unit: 'ms',
      direction: directionOf(gate),
      samples,
      // Of the requests made it is known; of those that were not, only one side is.
      interval: [value, value],
      confidence,
    },
    evidence: [{ label: isMax ? 'slowest' : 'fastest', note }],
    tooFew: samples < gate.minimumSamples ? `${samples} requests are fewer than ${gate.minimumSamples}` : null,
    needs: `at least ${gate.minimumSamples} requests`,
  };
};
