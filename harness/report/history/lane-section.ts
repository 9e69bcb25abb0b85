/** Section of the history: the runs of one profile in one kind of environment, each metric drawn and summed up. */
import { fewestRunsForChange, type HistoryLane, type HistoryRun, type HistorySeries } from '../../model/history.ts';
import { formatExact, formatNumber, formatPlural, noValue } from '../format/number.ts';
import { formatChange, formatInterval, formatValue } from '../format/quantity.ts';
import { formatInstant } from '../format/time.ts';
import { type Fragment, type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { verdictOutcome, verdictWords } from '../outcome.ts';
import { figure } from '../sections/figure.ts';
import type { Section } from '../sections/section.ts';
import { table } from '../table.ts';
import { historyChart } from './history-chart.ts';

export async function laneSection(lane: HistoryLane, place: number): Promise<Section> {
  const charts = lane.series.map((series) => historyChart(lane, series, place)).filter((chart) => chart !== null);
  const figures = await Promise.all(charts.map(figure));
  return {
    id: `lane-${place}`,
    title: `Profile ${lane.profile}, ${lane.kind}`,
    body: markup`<p>${introduction(lane)}</p>
${metricTable(lane)}<div class="pair-of-figures" style="row-gap:1.6rem">${figures}</div>
${runTable(lane)}`,
  };
}

function introduction({ runs }: HistoryLane): string {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return 'No run.';
  if (first === last) return `1 run, of ${formatInstant(first.startedAt)}.`;
  const changed = runs.filter(({ differences }) => differences.length > 0).length;
  const environment = changed === 0 ? 'in one environment' : `the environment changed ${formatPlural(changed, 'time')}`;
  return `${formatPlural(runs.length, 'run')} from ${formatInstant(first.startedAt)} to ${formatInstant(last.startedAt)}, ${environment}.`;
}

function metricTable(lane: HistoryLane): Markup {
  if (lane.series.length === 0) {
    return markup`<p>No metric of these runs is followed from run to run: what a comparison of builds finds is about its own two builds.</p>\n`;
  }
  return table({
    caption: 'Metrics: the latest run, and where the level changed',
    narrow: 'stack',
    columns: [
      { title: 'Metric', width: 38, cell: (series: HistorySeries) => series.title },
      { title: 'Latest', numeric: true, cell: latest },
      { title: 'Valid runs', numeric: true, cell: validRuns },
      { title: 'Change points', width: 32, cell: (series) => changeList(series, lane) },
    ],
    groups: [{ title: null, rows: lane.series }],
  });
}

function latest({ points }: HistorySeries): Fragment {
  const last = points.findLast(({ counts }) => counts);
  if (last === undefined) return noValue;
  const { quantity } = last;
  const interval = formatInterval(quantity);
  const bounds = interval === null ? null : markup` <span class="interval">${interval}</span>`;
  return markup`<span>${formatValue(quantity.value, quantity.unit)}${bounds}</span>`;
}

function validRuns({ points }: HistorySeries): string {
  return `${formatExact(points.filter(({ counts }) => counts).length)} of ${formatExact(points.length)}`;
}

function changeList({ changes, points }: HistorySeries, lane: HistoryLane): Fragment {
  const unit = points[0]?.quantity.unit ?? 'count';
  if (changes.length === 0 && longestStretch(points, lane) < fewestRunsForChange) {
    return `none can be found yet: that takes ${formatExact(fewestRunsForChange)} valid runs of one environment`;
  }
  if (changes.length === 0) return 'none found';
  const items = changes.map(({ run, before, after, pValue, worse }) => {
    const percent = before === 0 ? '' : ` (${formatChange(after / before)})`;
    const id = lane.runs.find(({ number }) => number === run)?.runId ?? '';
    const levels = `${formatValue(before, unit)} → ${formatValue(after, unit)}${percent}`;
    const where = `since run ${formatExact(run)}, ${id}, p = ${formatNumber(pValue, 3)}`;
    return markup`<li>${outcomeBadge(worse ? 'broken' : 'holds', worse ? 'worse' : 'better')} ${levels}<br /> <span class="quiet">${where}</span></li>`;
  });
  return markup`<ul class="lines">${items}</ul>`;
}

/** Most valid runs between two changes of the environment: change points are looked for within them. */
function longestStretch(points: HistorySeries['points'], { runs }: HistoryLane): number {
  const starts = [1, ...runs.filter(({ differences }) => differences.length > 0).map(({ number }) => number)];
  const lengths = starts.map((from, index) => {
    const next = starts[index + 1] ?? Infinity;
    return points.filter(({ run, counts }) => counts && run >= from && run < next).length;
  });
  return Math.max(...lengths);
}

/** What differs is told up to here; the rest is counted, and all of it is in the JSON. */
const mostDifferences = 4;

function environmentText({ differences, number }: HistoryRun): Fragment {
  if (number === 1) return 'first';
  if (differences.length === 0) return 'as before';
  const told = differences
    .slice(0, mostDifferences)
    .map(({ name, baseline, run }) => `${name}: ${baseline ?? noValue} → ${run ?? noValue}`);
  const more = differences.length - mostDifferences;
  return markup`<span class="long">${[...told, ...(more > 0 ? [`and ${formatExact(more)} more`] : [])].join('; ')}</span>`;
}

function verdictCell({ verdict, plantedDefect, incomplete }: HistoryRun): Fragment {
  const planted = plantedDefect === null ? null : markup`<br /><span class="quiet">planted: ${plantedDefect}</span>`;
  const ended = incomplete === null ? null : markup`<br /><span class="quiet">ended early</span>`;
  return markup`<span>${outcomeBadge(verdictOutcome[verdict], verdictWords[verdict])}${planted}${ended}</span>`;
}

function runTable({ runs }: HistoryLane): Markup {
  return table({
    caption: 'Runs, the latest first',
    narrow: 'stack',
    dense: true,
    columns: [
      { title: 'Run', numeric: true, width: 6, cell: ({ number }: HistoryRun) => formatExact(number) },
      { title: 'Measured', width: 27, cell: ({ startedAt }) => formatInstant(startedAt) },
      { title: 'Id', width: 24, cell: ({ runId }) => markup`<code class="long">${runId}</code>` },
      { title: 'Verdict', width: 15, cell: verdictCell },
      { title: 'Environment', cell: environmentText },
    ],
    groups: [{ title: null, rows: [...runs].reverse() }],
  });
}
