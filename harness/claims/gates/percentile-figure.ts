/** A percentile of latency for a gate of one's own: order statistics on the effective sample size, as the claims' own. */
import { fewestSamples } from '../../statistics/fewest-samples.ts';
import { describeNeeds } from '../judge-latency.ts';
import { latencyPercentile } from '../latency-percentile.ts';
import { numberText } from '../number-text.ts';
import { type FigureOf, asCounted, directionOf, failedIn, measuredMs } from './gate-figure.ts';

export const percentileFigure: FigureOf = ({ gate, blocks, confidence }) => {
  const percentile = gate.percentile ?? 50;
  const limit = gate.condition?.limit ?? 0;
  const seen = latencyPercentile(asCounted(blocks, gate), { limit, percentile, confidence });
  if (seen === null) return null;
  const direction = directionOf(gate);
  const level = direction === 'lower-is-better' ? percentile / 100 : 1 - percentile / 100;
  const fewest = Math.max(gate.minimumSamples, fewestSamples(level, confidence));
  const effective = Math.floor(seen.effective?.effectiveSamples ?? 0);
  const worth = `${numberText(seen.quantity.samples)} requests are worth ${numberText(effective)} independent ones`;
  const tooFew =
    seen.effective === null
      ? 'the measured time is too short to see how its requests hang together'
      : effective < fewest
        ? `${worth}, fewer than ${numberText(fewest)}`
        : null;
  const failures = failedIn(blocks);
  const note = failures === 0 ? worth : `${worth}; ${numberText(failures)} failed ones count as on the wrong side`;
  return {
    quantity: { ...seen.quantity, direction },
    evidence: [{ label: 'effective samples', note }],
    tooFew,
    needs: describeNeeds(
      seen,
      { limit, percentile, confidence, minimumSamples: gate.minimumSamples },
      (seen.quantity.samples * 1000) / measuredMs(blocks),
    ),
  };
};
