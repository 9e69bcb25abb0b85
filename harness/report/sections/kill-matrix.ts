/** The kill matrix, a part of the section on isolation: what was planted, what noticed it, and which probes noticed nothing. */
import { idleProbes, type KillMatrix, type MutantOutcome, type TriedMutant } from '../../model/kill-matrix.ts';
import { mutantLayers } from '../../model/mutant.ts';
import type { Result } from '../../model/result.ts';
import { killMatrixCharts, layerTitles } from '../charts/kill-matrix.ts';
import { formatCount, formatPlural } from '../format/number.ts';
import { formatDuration } from '../format/time.ts';
import { killMatrixSentence } from '../kill-matrix-sentence.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import type { Outcome } from '../outcome.ts';
import { table } from '../table.ts';
import { figure } from './figure.ts';

const badges: Record<MutantOutcome, readonly [Outcome, string]> = {
  killed: ['holds', 'killed'],
  survived: ['broken', 'survived'],
  equivalent: ['not-measured', 'equivalent'],
  'not-applied': ['inconclusive', 'not applied'],
};
const mostNamed = 3;

/** Through the API is where users are; of a service that holds the defect, they ask one that the covering layer does not cover. */
function coverWords({ layer, asked, killedBy }: TriedMutant): string {
  if (layer === 'service' || !asked.includes('api')) return 'declared, not measured';
  const seen = killedBy.filter((kill) => kill.layer === 'api').map(({ probe }) => probe);
  return `through the API: ${seen.length === 0 ? 'nothing seen' : `seen by ${seen.slice(0, mostNamed).join(', ')}`}`;
}

const smallLine = (line: Markup | string | null): Markup | null =>
  line === null ? null : markup`<p class="small">${line}</p>`;

function mutantCell(mutant: TriedMutant): Markup {
  const { id, title, reason, coveredBy, configurationOnly = null } = mutant;
  const covered =
    coveredBy === null
      ? null
      : markup`<span class="quiet">hidden from users by:</span> ${coveredBy} (${coverWords(mutant)})`;
  const whyConfiguration =
    configurationOnly === null
      ? null
      : markup`<span class="quiet">why no behaviour shows it:</span> ${configurationOnly}`;
  return markup`<b>${id}</b>${[title, covered, whyConfiguration, reason].map(smallLine)}`;
}

function killersCell({ killedBy, seenInConfigurationOnly = false }: TriedMutant): Markup | string {
  if (killedBy.length === 0) return 'no probe';
  const named = killedBy.slice(0, mostNamed).map(({ probe }) => markup`<li>${probe}</li>`);
  const more = killedBy.length - named.length;
  const only = seenInConfigurationOnly ? markup`<p class="small">seen in the configuration only</p>` : null;
  return markup`<ul class="lines">${named}${more > 0 ? markup`<li class="quiet">and ${formatCount(more)} more</li>` : null}</ul>${only}`;
}

const order: Record<MutantOutcome, number> = { survived: 0, 'not-applied': 1, killed: 2, equivalent: 3 };

/** What needs attention first, within each layer. */
function groupByLayer(mutants: readonly TriedMutant[]) {
  const sorted = [...mutants].sort((a, b) => order[a.outcome] - order[b.outcome]);
  return mutantLayers.map((layer) => ({
    title: layerTitles[layer],
    rows: sorted.filter((mutant) => mutant.layer === layer),
  }));
}

function mutantTable(mutants: readonly TriedMutant[]): Markup {
  return table({
    caption: 'Defects planted on purpose, by layer, and which probes noticed each',
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Mutant and what is wrong with it', width: 42, cell: mutantCell },
      { title: 'Killed by', width: 34, cell: killersCell },
      { title: 'Claim', cell: ({ claim }) => claim },
      { title: 'Outcome', cell: ({ outcome }) => outcomeBadge(...badges[outcome]) },
    ],
    groups: groupByLayer(mutants),
  });
}

function idleList(matrix: KillMatrix): Markup | null {
  const idle = idleProbes(matrix);
  if (idle.length === 0) return markup`<p>Every probe that was tried on mutants killed one of them at least.</p>`;
  const items = idle.map(({ probe }) => markup`<li>${probe}</li>`);
  return markup`<details><summary>${formatPlural(idle.length, 'probe')} of ${formatCount(matrix.probes.length)} killed none of them: that they can see, nobody has seen</summary>
<ul class="lines many">${items}</ul></details>`;
}

function circumstances(matrix: KillMatrix, from: string | null): Markup {
  const { wallMs, version, commit, environment, tenants, notTried, fingerprint } = matrix;
  const left = notTried.length === 0 ? null : markup`<p>Not tried, and so not shown: ${notTried.join(', ')}.</p>`;
  return markup`${left}<p class="small">Measured by <code>signoff mutate</code> (signoff ${version}${commit === null ? '' : ` at ${commit.slice(0, 12)}`}) in
${formatDuration(wallMs)}, environment ${environment}, ${formatPlural(tenants, 'tenant')}, ${from === 'the repository' ? 'and committed with the sources' : 'on this machine'}; of probes, mutants and
service with the fingerprint <span class="ids long">${fingerprint.slice(0, 16)}</span>, which are those of this run. A mutant is killed when a probe that was green on the intact system sees a violation;
the probes that reach its layer are tried first, and where they see nothing but a difference from what is declared, all others. A number is how many probes
of that layer saw it; a dot: they were asked and none did; an empty place: they were not asked.</p>`;
}

/** From a heading of the third level on. */
export async function killMatrixPart({ isolation }: Pick<Result, 'isolation'>): Promise<Markup> {
  const recorded = isolation.matrix;
  const matrix = recorded?.matrix ?? null;
  const introduction = markup`<h3 id="kill-matrix">Would these probes see a defect? The kill matrix</h3>
<p>${killMatrixSentence(recorded)}</p>`;
  if (matrix === null) {
    return markup`${introduction}
<p><code>signoff mutate</code> makes one in four to five minutes; <code>signoff judge</code> then takes it into account. Until then green probes do not let SEC-ISO hold.</p>`;
  }
  const figures = await Promise.all(killMatrixCharts(matrix).map(figure));
  const cells = [...figures, markup`<div>${circumstances(matrix, recorded?.from ?? null)}</div>`];
  return markup`${introduction}
${inPairs(cells).map((pair) => markup`<div class="pair-of-figures">${pair}</div>\n`)}${idleList(matrix)}
${matrix.mutants.length === 0 ? null : mutantTable(matrix.mutants)}`;
}

function inPairs<T>(items: readonly T[]): T[][] {
  return items.flatMap((_item, index) => (index % 2 === 0 ? [items.slice(index, index + 2)] : []));
}
