/** Latencies counted in narrow bins on a logarithmic scale, so that order statistics of a growing sample are quick to take. */

const lowestMs = 0.05;
/** Natural logarithm of the width of a bin: a fifth of a per cent. */
const width = 0.002;
/** To over a minute. */
const bins = 7200;

export type Histogram = Float64Array;

export function newHistogram(): Histogram {
  return new Float64Array(bins);
}

export function addTo(histogram: Histogram, valuesMs: Float64Array): void {
  for (const valueMs of valuesMs) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(Math.log(valueMs / lowestMs) / width)));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
}

export function countOf(histogram: Histogram): number {
  return histogram.reduce((total, count) => total + count, 0);
}

/** The value of a rank, counted from 0, to the width of a bin. */
export function valueAtRank(histogram: Histogram, rank: number): number {
  let seen = 0;
  for (const [bin, count] of histogram.entries()) {
    seen += count;
    if (seen > rank) return lowestMs * Math.exp(width * (bin + 0.5));
  }
  return lowestMs * Math.exp(width * bins);
}
