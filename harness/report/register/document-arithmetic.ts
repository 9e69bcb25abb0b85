/** Sums that the planning documents state, done again: availability, the performance chain, the break-even. */
import { formatNumber, thinSpace } from '../format/number.ts';
import { formatDuration } from '../format/time.ts';

export interface RecomputedFigure {
  topic: string;
  stated: string;
  recomputed: string;
}

const millisecondsPerYear = 365.25 * 24 * 3600 * 1000;
/** The four improvements that the feedback round lists: JSON, pool, plan cache, streaming. */
const statedImprovements = [0.18, 0.07, 0.12, 0.25];
/** 70 % starter at $99, 30 % pro at $499 per month. */
const meanPricePerMonth = 0.7 * 99 + 0.3 * 499;
/** What the stated break-even of 448 starter customers at $99 has to cover each month. */
const monthlyCost = 448 * 99;

function downtimePerYear(availability: number): string {
  return formatDuration((1 - availability) * millisecondsPerYear);
}

/** Where a document contradicts itself or its own premises. */
export function recomputedFigures(): RecomputedFigure[] {
  const remaining = statedImprovements.reduce((left, improvement) => left * (1 - improvement), 1);
  const sum = statedImprovements.reduce((total, improvement) => total + improvement, 0);
  const figures = [
    {
      topic: 'Downtime that the availability targets allow in a year',
      stated: '99.95 %: 8 h; 99.99 %: under 1 h',
      recomputed: `99.95 %: ${downtimePerYear(0.9995)}; 99.99 %: ${downtimePerYear(0.9999)}`,
    },
    {
      topic: 'Four improvements of 18, 7, 12 and 25 %, taken together',
      stated: 'about 35 %',
      recomputed:
        `${formatNumber((1 - remaining) * 100, 0)} % when they compound, if each were true; ` +
        `adding them up (${formatNumber(sum * 100, 0)} %) is not valid`,
    },
    {
      topic: 'Customers to break even at a mix of 70 % starter and 30 % pro',
      stated: 'about 340',
      recomputed: `${formatNumber(Math.ceil(monthlyCost / meanPricePerMonth), 0)} at a mean price of $${formatNumber(meanPricePerMonth, 0)}`,
    },
  ];
  // A per cent sign never begins a line.
  const joined = (text: string) => text.replaceAll(' %', `${thinSpace}%`);
  return figures.map(({ topic, stated, recomputed }) => ({
    topic: joined(topic),
    stated: joined(stated),
    recomputed: joined(recomputed),
  }));
}
