/** Section: latency over time and its distribution for each scenario, and the cost of row-level security. */
import type { Result, ScenarioSummary } from '../../model/result.ts';
import { latencyDistribution } from '../charts/latency-distribution.ts';
import { latencyOverTime } from '../charts/latency-over-time.ts';
import { rlsCost } from '../charts/rls-cost.ts';
import { type RlsCostRow, rlsCostFinding, rlsCostRows } from '../charts/rls-cost-rows.ts';
import { formatFindingLimit } from '../format/limit.ts';
import { formatCount, noValue } from '../format/number.ts';
import { formatChange, formatChangeInterval, formatChangeLimit, formatQuantity } from '../format/quantity.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { outcomeOf } from '../outcome.ts';
import { latencyFinding, latencyLimitMs } from '../scenario-finding.ts';
import { table } from '../table.ts';
import { figure } from './figure.ts';
import type { Section } from './section.ts';
import { workloadText } from './workload-text.ts';

function findingSentence(result: Result, scenario: ScenarioSummary): Markup {
  const finding = latencyFinding(result, scenario);
  if (finding === null) return markup`No claim sets a latency limit for this scenario.`;
  if (finding.quantity === null)
    return markup`${finding.id}: ${finding.explanation} ${outcomeBadge(outcomeOf(finding))}`;
  return markup`p99 ${formatQuantity(finding.quantity)}; limit ${formatFindingLimit(finding)} ${outcomeBadge(outcomeOf(finding))}`;
}

async function scenarioCharts(result: Result, scenario: ScenarioSummary): Promise<Markup> {
  const limitMs = latencyLimitMs(result, scenario);
  const charts = [latencyOverTime(scenario, limitMs), latencyDistribution(scenario, limitMs)];
  const figures = await Promise.all(charts.filter((chart) => chart !== null).map(figure));
  const drawn =
    figures.length === 0
      ? markup`<p>Nothing to draw: no request was measured.</p>`
      : markup`<div class="pair-of-figures">${figures}</div>`;
  return markup`<article class="scenario">
<h3>${scenario.title}</h3>
<p>Load: ${workloadText(scenario.workload)}. ${findingSentence(result, scenario)}</p>
${drawn}</article>\n`;
}

function costLabel(row: RlsCostRow): Markup {
  const badge = row.outcome === null ? null : markup` ${outcomeBadge(row.outcome)}`;
  return markup`${row.label}${badge}${row.note === null ? null : markup`<br /><span class="quiet">${row.note}</span>`}`;
}

function costTable(rows: readonly RlsCostRow[], limit: string): Markup {
  return table({
    caption: `Change of latency, RLS against explicit filter; limit ${limit}`,
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Endpoint', cell: costLabel },
      { title: 'Change', numeric: true, cell: (row) => formatChange(row.quantity.value) },
      {
        title: 'Interval, %',
        numeric: true,
        cell: (row) => formatChangeInterval(row.quantity) ?? noValue,
      },
      { title: 'Pairs', numeric: true, cell: (row) => formatCount(row.quantity.samples) },
    ],
    groups: [{ title: null, rows }],
  });
}

async function costOfRls(result: Result): Promise<Markup> {
  const finding = rlsCostFinding(result);
  const rows = finding === null ? [] : rlsCostRows(finding);
  const chart = finding === null ? null : rlsCost(rows, finding.limit);
  if (finding === null || chart === null) {
    return markup`<article class="scenario"><h3>Cost of row-level security by endpoint</h3><p>Not measured.</p></article>\n`;
  }
  const limit = finding.limit === null ? noValue : `≤ ${formatChangeLimit(finding.limit)}`;
  return markup`<article class="scenario">
<h3>Cost of row-level security by endpoint</h3>
<p>${finding.explanation} A point is the ratio of the latencies of paired requests as a change in
per cent, a line its interval; the claim is decided over all endpoints, each single endpoint is shown and not judged.</p>
<div class="pair-of-figures">${await figure(chart)}${costTable(rows, limit)}</div></article>\n`;
}

function introduction(result: Result): Markup | null {
  if (result.scenarios.length === 0) return markup`<p>No scenario was run.</p>`;
  if (result.scenarios.every((scenario) => scenario.distribution.length === 0)) return null;
  return markup`<p>Of each scenario, first the p50 and p99 of every second of the first block, with the warm-up shaded and the
limit dashed; then all requests of the measured window: what lies right of the dashed line took longer than the limit.</p>`;
}

export async function chartsSection(result: Result): Promise<Section> {
  // Those with a latency limit first: they decide the approval condition.
  const limited = result.scenarios.filter((scenario) => latencyLimitMs(result, scenario) !== null);
  const others = result.scenarios.filter((scenario) => !limited.includes(scenario));
  const articles = await Promise.all([...limited, ...others].map((scenario) => scenarioCharts(result, scenario)));
  return {
    id: 'charts',
    title: 'Latency under load',
    body: markup`${introduction(result)}
${articles}${await costOfRls(result)}`,
  };
}
