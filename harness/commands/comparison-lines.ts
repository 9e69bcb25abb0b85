/** A run beside its baseline as the terminal shows it, a line a metric. */
import type { BaselineComparison } from '../model/baseline-comparison.ts';

const marks = { worse: '✘', better: '✔', 'no-change': '✔', undecided: '?' } as const;
const words = { worse: 'worse', better: 'better', 'no-change': 'no change', undecided: 'undecided' } as const;
const longestWord = Math.max(...Object.values(words).map((word) => word.length));

export function comparisonLines(file: string, { differences, metrics, reasons }: BaselineComparison): string {
  const width = Math.max(0, ...metrics.map(({ metric }) => metric.length));
  const lines = [
    '',
    `  against ${file}`,
    ...metrics.map(({ metric, outcome, change, explanation }) => {
      const percent = change === null ? '' : ` ${change > 0 ? '+' : ''}${(change * 100).toFixed(1)} %`;
      return `  ${marks[outcome]} ${metric.padEnd(width)}  ${words[outcome].padEnd(longestWord)}${percent.padStart(9)}  ${explanation}`;
    }),
    ...differences.map(
      ({ name, baseline, run }) => `  ≠ ${name}: ${baseline ?? '–'} in the baseline, ${run ?? '–'} in the run`,
    ),
    ...(metrics.length + differences.length > 0 ? [] : reasons.map((reason) => `  ? ${reason}`)),
  ];
  return `${lines.join('\n')}\n`;
}
