/** What a percentile of latency was in each build, in milliseconds: shown beside the ratio that decides. */
import type { EvidenceRow } from '../model/finding.ts';
import { percentile } from '../statistics/percentile.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { numberText } from './number-text.ts';

export function armPercentile(blocks: readonly ComparedPairs[], level: number): EvidenceRow {
  const text = (arm: 'baseMs' | 'candidateMs') =>
    `${numberText(percentile(Float64Array.from(blocks.flatMap((pairs) => [...pairs[arm]])), level) ?? Number.NaN)} ms`;
  return { label: `p${level * 100} of each`, note: `base ${text('baseMs')}, candidate ${text('candidateMs')}` };
}
