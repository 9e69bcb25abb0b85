/**
 * Coverage of the bounds of a percentile, by simulation: how often a bound at 95 % really lies on its side of the true value.
 * Series as real runs have them × p50 to p99.9. The bounds are those that claims are judged by, effective sample size and all.
 */
import { clopperPearson } from '../harness/statistics/clopper-pearson.ts';
import { type Cover, coverSeries } from '../harness/statistics/testing/cover-series.ts';
import {
  type SeriesKind,
  pausedSeries,
  shiftedSeries,
  windowedSeries,
} from '../harness/statistics/testing/simulated-series.ts';

const confidence = 0.95;
/** What each bound must cover at least. */
const required = 0.93;
const levels = [0.5, 0.95, 0.99, 0.999];
const runs = 1000;
/** As long as the measured time of the quick profile. */
const length = { seconds: 85, perSecond: 60 };

const promised: SeriesKind[] = [
  windowedSeries(0, 0),
  windowedSeries(0.3, 0.1),
  windowedSeries(0.5, 0.2),
  windowedSeries(0.7, 0.1),
  windowedSeries(0.7, 0.3),
  windowedSeries(0.9, 0.3),
  pausedSeries(2),
  pausedSeries(5),
  pausedSeries(10),
  shiftedSeries('drift of 1 sd', (over) => over),
  shiftedSeries('drift of 3 sd', (over) => 3 * over),
  shiftedSeries('step of 1 sd at 70 %', (over) => (over > 0.7 ? 1 : 0)),
  shiftedSeries('step of 2 sd at 95 %', (over) => (over > 0.95 ? 2 : 0)),
];
/**
 * Shown so that nobody believes otherwise. Three pauses in a run: what a run may not have seen, it cannot bound. And slow waves of
 * twenty seconds that are hidden in noise ten times their size: a run of four of them cannot tell them from chance.
 */
const beyond: SeriesKind[] = [pausedSeries(30), windowedSeries(0.9, 0.1)];

export function measureCoverage(print: (line: string) => void): Promise<void> {
  print(
    `coverage of bounds at ${percent(confidence)} % each, ${runs} runs of ${length.seconds} s at ${length.perSecond} per second, in %`,
  );
  print(
    '[ ]: Clopper–Pearson at 95 %; unbounded: runs without an upper bound; width: of the interval, in the series’ unit',
  );
  print(row(['series', 'level', 'upper bound', 'lower bound', 'both', 'unbounded', 'width', 'n_eff/n', '']));
  const short = promised.flatMap((kind, seed) => printKind(kind, seed, print)).filter((covers) => !covers);
  print('beyond the method: what a run of this length has seen too seldom');
  beyond.forEach((kind) => printKind(kind, promised.length, print));
  print(
    short.length === 0
      ? `every bound but those beyond the method covers ≥ ${percent(required)} %`
      : `${short.length} rows cover less than ${percent(required)} %`,
  );
  return Promise.resolve();
}

/** Whether each level covers what is required. */
function printKind(kind: SeriesKind, seed: number, print: (line: string) => void): boolean[] {
  return coverSeries({ ...length, kind, levels, confidence, runs, seed }).map((cover, place) => {
    const covers = [cover.above, cover.below].every((count) => count / cover.runs >= required);
    const bounded = cover.runs - cover.unbounded;
    const cells = [
      place === 0 ? kind.title : '',
      `p${percent(cover.level)}`,
      coverageText(cover.above, cover),
      coverageText(cover.below, cover),
      percent(cover.both / cover.runs),
      percent(cover.unbounded / cover.runs),
      bounded === 0 ? '–' : (cover.widths / bounded).toFixed(3),
      percent(cover.effectiveShares / cover.runs),
    ];
    print(row([...cells, covers ? '' : 'SHORT']));
    return covers;
  });
}

function intervalOf(count: number, { runs: trials }: Cover): [number, number] {
  return clopperPearson({ successes: count, trials, confidence: 0.975 });
}

function coverageText(count: number, cover: Cover): string {
  const [low, high] = intervalOf(count, cover);
  return `${percent(count / cover.runs)} [${percent(low)}, ${percent(high)}]`;
}

function percent(share: number): string {
  return String(Math.round(share * 1000) / 10);
}

function row(cells: readonly string[]): string {
  const widths = [30, 7, 21, 21, 7, 11, 8, 9, 6];
  return cells
    .map((cell, place) => cell.padEnd(widths[place] ?? 0))
    .join('')
    .trimEnd();
}
