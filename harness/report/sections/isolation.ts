/** Section: what was tried to cross the border between tenants, whether the rightful owner was let in, and whether the probes can see. */
import { type ProbeLayer, probeLayers } from '../../model/probe-layer.ts';
import type { Result } from '../../model/result.ts';
import { formatCount, formatPlural, noValue } from '../format/number.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import type { Outcome } from '../outcome.ts';
import { table } from '../table.ts';
import { killMatrixPart } from './kill-matrix.ts';
import type { Section } from './section.ts';

type ProbeRow = Result['isolation']['rows'][number];

const claimTitles: Record<string, string> = {
  'SEC-ISO': 'Isolation of tenants (SEC-ISO)',
  'SEC-AUTHN': 'Authentication (SEC-AUTHN)',
  'SEC-AUTHZ': 'Roles (SEC-AUTHZ)',
};

/** A leak decides; a probe without a control that was let in, or without an answer, proves nothing. */
function stateOf(row: ProbeRow): Outcome {
  if (row.leaks > 0) return 'broken';
  const vacuous = row.probes === row.undecided || row.controls === 0 || row.controlFailures > 0;
  return vacuous ? 'inconclusive' : 'holds';
}

const wasSent = ({ probes }: ProbeRow): boolean => probes > 0;

const stateWords: Record<Outcome, string> = {
  broken: 'leak',
  holds: 'none seen',
  inconclusive: 'undecided',
  'not-measured': 'not measured',
};

function probeCell(row: ProbeRow): Markup {
  const examples = row.examples.map((example) => markup`<li>${example}</li>`);
  return markup`${row.probe}${examples.length === 0 ? null : markup`<ul class="small">${examples}</ul>`}`;
}

const order: Record<Outcome, number> = { broken: 0, inconclusive: 1, holds: 2, 'not-measured': 3 };

const layerWords: Record<ProbeLayer, string> = {
  api: 'through the API',
  sql: 'in SQL, past the service',
  redis: 'in Redis',
  vault: 'in Vault',
  pool: 'through the pool of connections',
  telemetry: 'in logs and metrics',
};

/** By claim, then by the layer that was asked; what needs attention first within each. */
function groupByClaim(rows: readonly ProbeRow[]) {
  const sorted = [...rows].sort((a, b) => order[stateOf(a)] - order[stateOf(b)]);
  const claims = [...new Set([...Object.keys(claimTitles), ...rows.map(({ claim }) => claim)])];
  return claims.flatMap((claim) =>
    probeLayers.map((layer) => ({
      title: `${claimTitles[claim] ?? claim}, ${layerWords[layer]}`,
      rows: sorted.filter((row) => row.claim === claim && (row.layer ?? 'api') === layer),
    })),
  );
}

function probeTable(caption: string, rows: readonly ProbeRow[]): Markup {
  return table({
    caption,
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Probe', width: 36, cell: probeCell },
      { title: 'Probes', numeric: true, cell: (row) => (wasSent(row) ? formatCount(row.probes) : 'never sent') },
      { title: 'Leaks', numeric: true, cell: (row) => formatCount(row.leaks) },
      { title: 'Undecided', numeric: true, cell: (row) => formatCount(row.undecided) },
      { title: 'Controls', numeric: true, cell: (row) => (row.controls === 0 ? noValue : formatCount(row.controls)) },
      {
        title: 'Refused',
        numeric: true,
        cell: (row) => (row.controls === 0 ? noValue : formatCount(row.controlFailures)),
      },
      { title: 'State', cell: (row) => outcomeBadge(stateOf(row), stateWords[stateOf(row)]) },
    ],
    groups: groupByClaim(rows),
  });
}

const sumOf = (rows: readonly ProbeRow[], count: 'probes' | 'controls'): string =>
  formatCount(rows.reduce((total, row) => total + row[count], 0));

/** A line for each claim and layer: a thousand kinds that saw nothing are for whoever wants to look one up. */
function greenPart(rows: readonly ProbeRow[]): Markup {
  const groups = groupByClaim(rows).filter((group) => group.rows.length > 0);
  return markup`${table({
    caption: 'Where nothing was seen, and every control was let in',
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Probed', width: 50, cell: ({ title }: (typeof groups)[number]) => title },
      { title: 'Kinds', numeric: true, cell: (group) => formatCount(group.rows.length) },
      { title: 'Probes', numeric: true, cell: (group) => sumOf(group.rows, 'probes') },
      { title: 'Controls', numeric: true, cell: (group) => sumOf(group.rows, 'controls') },
    ],
    groups: [{ title: null, rows: groups }],
  })}
<details class="reference"><summary>Each of these ${formatPlural(rows.length, 'kind')}</summary>${probeTable('Probes sent, and the controls of each', rows)}</details>
<p class="small printed">Each of these ${formatPlural(rows.length, 'kind')} stands in report.html and result.json, by its name, with its counts.</p>`;
}

function probePart(rows: readonly ProbeRow[]): Markup {
  const green = rows.filter((row) => stateOf(row) === 'holds');
  const others = rows.filter((row) => stateOf(row) !== 'holds');
  return markup`${others.length === 0 ? null : probeTable('Probes that saw a leak, or prove nothing', others)}
${green.length === 0 ? null : greenPart(green)}`;
}

function summary(result: Result): string {
  const { probes, leaks, rows } = result.isolation;
  if (probes === 0) return 'No probe was sent. Isolation was not tested in this run.';
  const controls = rows.reduce((total, row) => total + row.controls, 0);
  const refused = rows.reduce((total, row) => total + row.controlFailures, 0);
  const undecided = rows.reduce((total, row) => total + row.undecided, 0);
  const sent = rows.filter(wasSent).length;
  const unsent = sent === rows.length ? '' : ` ${formatPlural(rows.length - sent, 'kind')} declared and never sent.`;
  return (
    `${formatPlural(probes, 'probe')} of ${formatPlural(sent, 'kind')} were sent: ${leaks === 0 ? 'no leak' : formatPlural(leaks, 'leak')}, ` +
    `${formatCount(undecided)} undecided. ${formatPlural(controls, 'control')} with an answer that decides, in which the rightful owner asks for the same thing: ` +
    `${controls === 0 ? 'nobody was let in' : refused === 0 ? 'all were let in' : `${formatCount(refused)} refused`}.${unsent}`
  );
}

export async function isolationSection(result: Result): Promise<Section> {
  return {
    id: 'isolation',
    title: 'Isolation of tenants',
    body: markup`<p>${summary(result)} A probe without a working control proves nothing: a service that answers nobody leaks nothing.</p>
${probePart(result.isolation.rows)}
${await killMatrixPart(result)}`,
  };
}
