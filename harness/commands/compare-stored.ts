/** `signoff compare RUN RUN`: two stored runs, as far as honesty allows: equal conditions, both valid, and large effects only. */
import { type ComparedMetric, type RunComparison, compareRuns } from '../baseline/compare-runs.ts';
import type { MeasuredRun } from '../baseline/compare-with-baseline.ts';
import { relativePolicy } from '../baseline/relative-policy.ts';
import { SignoffError } from '../model/errors.ts';
import { exitCode } from '../model/exit-codes.ts';
import type { Quantity } from '../model/quantity.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { formatNumber } from './format.ts';
import { judgeRun } from './judge-run.ts';
import { loadThresholds } from './load-thresholds.ts';
import { openNamedRun } from './run-folder-argument.ts';
import { storedMetrics } from './stored-metrics.ts';
import type { Flags } from './verb.ts';

/** Exit code: 1 when the second is much worse in a figure, 2 when nothing could be told of one, else 0. Writes nothing. */
export async function compareStored(
  context: CommandContext,
  runA: string,
  runB: string,
  flags: Flags,
): Promise<number> {
  const thresholds = await loadThresholds(context, flags['thresholds'] as string | undefined);
  const [first, second] = [await openNamedRun(context, runA), await openNamedRun(context, runB)];
  if (first.directory === second.directory || first.config.runId === second.config.runId) {
    throw new SignoffError('BAD_ARGUMENT', `${runA} and ${runB} are the same run, ${first.config.runId}`, {
      hint: 'A run held against itself shows no change. Name two runs.',
    });
  }
  for (const { config } of [first, second]) if (config.comparison !== undefined) throw ofBuilds(config.runId);
  const measured = [
    await measuredRun(context, first, thresholds),
    await measuredRun(context, second, thresholds),
  ] as const;
  const { effectOf } = relativePolicy(thresholds, first.config.profile.experiments);
  const planted = [...plantedIn('first', first), ...plantedIn('second', second)];
  const comparison = withPlanted(compareRuns(...measured, effectOf), planted);
  const code = exitCode(comparison.verdict);
  const runs = { first: first.config.runId, second: second.config.runId };
  context.out(
    flags['json'] === true
      ? `${JSON.stringify({ ...runs, ...comparison, exitCode: code }, null, 2)}\n`
      : comparisonTable(runs, comparison, { code, planted }),
  );
  return code;
}

/** Its figures are ratios within the run, of builds that the other run need not have. */
function ofBuilds(runId: string): SignoffError {
  return new SignoffError(
    'BAD_ARGUMENT',
    `${runId} is a comparison of two builds: it has no figures to be held against those of another run`,
    {
      hint: 'Its own verdict says how the two builds differ: signoff gate RUN. To compare other builds, compare them live.',
    },
  );
}

function plantedIn(which: string, { config: { plantedDefect } }: RunFolder): string[] {
  if (plantedDefect === null) return [];
  return [`In the ${which} run something was planted on purpose (${plantedDefect}): it says nothing of a real change.`];
}

/** Whatever the figures say: they are of a system that nobody ships. */
function withPlanted(comparison: RunComparison, planted: readonly string[]): RunComparison {
  if (planted.length === 0) return comparison;
  return { ...comparison, verdict: 'inconclusive', reasons: [...planted, ...comparison.reasons] };
}

/** Judged by the present policy, so that both have the same guards. */
async function measuredRun(context: CommandContext, run: RunFolder, thresholds: Thresholds): Promise<MeasuredRun> {
  const result = await judgeRun(context, run, thresholds);
  const { validity, incomplete } = result;
  return { ...(await storedMetrics(run, result, thresholds)), validity, incomplete };
}

const words: Record<ComparedMetric['outcome'], string> = {
  worse: '✘ worse',
  better: '✔ better',
  'no-change': '✔ not called',
  undecided: '? undecided',
};

function comparisonTable(
  runs: { first: string; second: string },
  { verdict, reasons, differences, metrics }: RunComparison,
  { code, planted }: { code: number; planted: readonly string[] },
): string {
  const head = ['metric', 'first', 'second', 'ratio', 'called', 'why'];
  const rows = metrics.map(({ metric, first, second, ratio, outcome, explanation }) => [
    ...[metric, quantityText(first), quantityText(second), ratioText(ratio), words[outcome], explanation],
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')}`;
  const lines = [
    '',
    `  first ${runs.first}, second ${runs.second}`,
    ...(rows.length === 0 ? [] : [line(head), ...rows.map(line)]),
    ...differences.map(({ name, baseline, run }) => `  ≠ ${name}: first ${baseline ?? '–'}, second ${run ?? '–'}`),
    '',
    `  ${verdict.toUpperCase()}  exit ${code}`,
    ...(differences.length > 0
      ? [
          ...planted.map((reason) => `  ${reason}`),
          '  The runs were measured under different conditions, so nothing is called.',
        ]
      : reasons.map((reason) => `  ${reason}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function quantityText(quantity: Quantity | null): string {
  return quantity === null ? '–' : `${formatNumber(quantity.value)} ${quantity.unit} ${boundsText(quantity.interval)}`;
}

function ratioText(ratio: ComparedMetric['ratio']): string {
  return ratio === null ? '–' : `${formatNumber(ratio.value)} ${boundsText(ratio.interval)}`;
}

function boundsText(interval: Quantity['interval']): string {
  return `[${interval.map((bound) => (bound === null ? '?' : formatNumber(bound))).join(', ')}]`;
}
