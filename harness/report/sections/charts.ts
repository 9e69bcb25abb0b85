/** Section: latency over time and its distribution for each scenario, and the cost of row-level security. */
import type { Result, ScenarioSummary } from '../../model/result.ts';
import { latencyDistribution } from '../charts/latency-distribution.ts';
import { latencyOverTime } from '../charts/latency-over-time.ts';
import { rlsCost } from '../charts/rls-cost.ts';
import { type RlsCostRow, rlsCostFinding, rlsCostRows } from '../charts/rls-cost-rows.ts';
import { formatFindingLimit } from '../format/limit.ts';
import { formatCount, noValue } from '../format/number.ts';
import { formatChange, formatChangeLimit, formatQuantity } from '../format/quantity.ts';
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
  const figures = await Promise.all(charts.map((chart) => (chart === null ? null : figure(chart))));
  const drawn = figures.every((drawing) => drawing === null)
    ? markup`<p>Nothing to draw: no request was measured.</p>`
    : markup`<div class="pair-of-figures">${figures}</div>`;
  return markup`<article class="scenario">
<h3>${scenario.title}</h3>
<p>Load: ${workloadText(scenario.workload)}. ${findingSentence(result, scenario)}</p>
${drawn}</article>\n`;
}

function costTable(rows: readonly RlsCostRow[], limit: string): Markup {
  return table({
    caption: `Change of latency, RLS against explicit filter; limit ${limit}`,
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Endpoint', cell: (row: RlsCostRow) => row.label },
      { title: 'Change', numeric: true, cell: (row) => formatChange(row.quantity.value) },
      {
        title: 'Interval, %',
        numeric: true,
        cell: ({ quantity }) => {
          const [low, high] = quantity.interval.map((bound) => (bound === null ? null : formatChange(bound, false)));
          return low === null && high === null ? noValue : `[${low ?? '−∞'}, ${high ?? '∞'}]`;
        },
      },
      { title: 'Pairs', numeric: true, cell: (row) => formatCount(row.quantity.samples) },
      { title: 'Outcome', cell: (row) => (row.outcome === null ? noValue : outcomeBadge(row.outcome)) },
    ],
    groups: [{ title: null, rows }],
  });
}

async function costOfRls(result: Result): Promise<Markup> {
  const finding = rlsCostFinding(result);
  const rows = finding === null ? [] : rlsCostRows(finding);
  const chart = finding === null ? null : rlsCost(rows, finding.limit);
  if (finding === null || chart === null) {
    return markup`<article class="scenario"><h3>Cost of row-level security</h3><p>Not measured.</p></article>\n`;
  }
  const limit = finding.limit === null ? noValue : `≤ ${formatChangeLimit(finding.limit)}`;
  return markup`<article class="scenario">
<h3>Cost of row-level security</h3>
<p>The same request is sent to both arms, one after the other in random order; each point is the ratio of the two
latencies as a change in per cent, with its interval. ${outcomeBadge(outcomeOf(finding))}</p>
<div class="pair-of-figures">${await figure(chart)}${costTable(rows, limit)}</div></article>\n`;
}

export async function chartsSection(result: Result): Promise<Section> {
  // Those with a latency limit first: they decide the approval condition.
  const limited = result.scenarios.filter((scenario) => latencyLimitMs(result, scenario) !== null);
  const others = result.scenarios.filter((scenario) => !limited.includes(scenario));
  const articles = await Promise.all([...limited, ...others].map((scenario) => scenarioCharts(result, scenario)));
  const legend = markup`<p>Left: p50 and p99 of each second of the first block, the warm-up shaded, the limit dashed. Right: all
requests of the measured window; what lies right of the dashed line took longer than the limit.</p>`;
  return {
    id: 'charts',
    title: 'Latency under load',
    body: markup`${result.scenarios.length === 0 ? markup`<p>No scenario was run.</p>` : legend}
${articles}${await costOfRls(result)}`,
  };
}
