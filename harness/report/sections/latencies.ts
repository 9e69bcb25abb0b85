/** Section: requests, errors, rates and percentiles of each scenario and endpoint. */
import type { Result, ScenarioSummary } from '../../model/result.ts';
import { formatCount, formatNumber, formatShare } from '../format/number.ts';
import { type Markup, markup } from '../markup.ts';
import { table } from '../table.ts';
import type { Section } from './section.ts';
import { workloadText } from './workload-text.ts';

type Endpoint = ScenarioSummary['endpoints'][number];

interface Counted {
  requests: number;
  errors: number;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

function errorText({ errors, requests }: Counted): string {
  return errors === 0 || requests === 0
    ? formatCount(errors)
    : `${formatCount(errors)} (${formatShare(errors / requests)})`;
}

const percentileColumns = [
  { title: 'p50, ms', numeric: true, cell: (row: Counted) => formatNumber(row.p50Ms) },
  { title: 'p95, ms', numeric: true, cell: (row: Counted) => formatNumber(row.p95Ms) },
  { title: 'p99, ms', numeric: true, cell: (row: Counted) => formatNumber(row.p99Ms) },
];

function scenarioTable(scenarios: readonly ScenarioSummary[], shownArm: string): Markup {
  return table({
    caption: `Scenarios, measured window without warm-up; requests and rates over all arms, percentiles of ${shownArm}`,
    narrow: 'scroll',
    columns: [
      {
        title: 'Scenario',
        cell: (scenario: ScenarioSummary) =>
          markup`<b>${scenario.title}</b><br /><span class="quiet">${workloadText(scenario.workload)}${scenario.blocks > 1 ? `, ${scenario.blocks} blocks` : ''}</span>`,
      },
      { title: 'Requests', numeric: true, cell: (scenario) => formatCount(scenario.requests) },
      { title: 'Errors', numeric: true, cell: errorText },
      { title: 'Offered, /s', numeric: true, cell: (scenario) => formatNumber(scenario.offeredPerSecond) },
      { title: 'Achieved, /s', numeric: true, cell: (scenario) => formatNumber(scenario.achievedPerSecond) },
      ...percentileColumns,
    ],
    groups: [{ title: null, rows: scenarios }],
  });
}

function endpointTable(scenario: ScenarioSummary): Markup | null {
  if (scenario.endpoints.length === 0) return null;
  const rows = [...scenario.endpoints].sort((a, b) => (b.p99Ms ?? 0) - (a.p99Ms ?? 0));
  return markup`<details class="printed"><summary>${scenario.title}: ${formatCount(rows.length)} endpoints</summary>${table(
    {
      caption: `${scenario.title}: endpoints, slowest p99 first`,
      narrow: 'scroll',
      dense: true,
      columns: [
        { title: 'Endpoint', width: 34, cell: (row: Endpoint) => row.endpoint },
        { title: 'Requests', numeric: true, cell: (row) => formatCount(row.requests) },
        { title: 'Errors', numeric: true, cell: errorText },
        ...percentileColumns,
      ],
      groups: [{ title: null, rows }],
    },
  )}</details>\n`;
}

function endpoints(scenarios: readonly ScenarioSummary[], shownArm: string): Markup | null {
  if (scenarios.every((scenario) => scenario.endpoints.length === 0)) return null;
  return markup`<h3>By endpoint</h3>
<p>Of ${shownArm}. A percentile of few requests says little: read it beside the number of requests. Failed requests are in at the
time they took.</p>
${scenarios.map(endpointTable)}`;
}

export function latenciesSection(result: Result): Section {
  const { scenarios } = result;
  // As claims/summaries/shown-requests.ts chooses it.
  const shownArm = result.comparison === undefined ? 'the production arm' : 'the candidate';
  const body =
    scenarios.length === 0
      ? markup`<p>No scenario was run.</p>`
      : markup`${scenarioTable(scenarios, shownArm)}${endpoints(scenarios, shownArm)}`;
  return { id: 'latencies', title: 'Latency and throughput in figures', body };
}
