/** Section of a live comparison: which two builds, and how much the candidate differs, claim by claim and endpoint by endpoint. */
import type { Build } from '../../model/build.ts';
import { listIds } from '../../model/list-ids.ts';
import type { Finding, Result } from '../../model/result.ts';
import { comparedRatios } from '../charts/compared-ratios.ts';
import { comparedPolicySentences } from '../compared-policy.ts';
import { formatDifferenceLimit } from '../format/limit.ts';
import { noValue } from '../format/number.ts';
import { formatDifference } from '../format/observed.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { outcomeOf } from '../outcome.ts';
import { table } from '../table.ts';
import { factList } from './fact-list.ts';
import { figure } from './figure.ts';
import type { Section } from './section.ts';

function stateOf({ kind, dirty }: Build): string | null {
  if (kind === 'url' || dirty === false) return null;
  return dirty === null ? ', state of its work tree not known' : ', with changes that are not committed';
}

function describeBuild(build: Build): Markup {
  const commit = build.commit === null ? null : markup` <code>${build.commit.slice(0, 12)}</code>`;
  const program =
    build.contentHash === null
      ? null
      : markup`<br /><span class="quiet ids">program ${build.contentHash.slice(0, 16)}</span>`;
  const planted =
    build.regression === null ? null : markup`<br /><b>Regression planted on purpose: ${build.regression}</b>`;
  return markup`${build.ref} (${build.kind})${commit}${stateOf(build)}${program}${planted}`;
}

/** The first blocks at which a comparison is looked at: `firstLooks` of statistics/planned-looks.ts, which a report may not import. */
export const plannedLooks = [6, 10, 18, 30, 50] as const;

function boundText(bound: number | null | undefined, unit: Finding['unit']): string {
  if (bound === null || bound === undefined || unit === null) return noValue;
  return formatDifferenceLimit(bound, unit);
}

function claimTable(findings: readonly Finding[]): Markup {
  return table({
    caption: 'Change from base to candidate, claim by claim',
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Claim', cell: (finding) => markup`${finding.id} ${outcomeBadge(outcomeOf(finding))}` },
      {
        title: 'Change',
        numeric: true,
        cell: ({ quantity }) => (quantity === null ? noValue : formatDifference(quantity).value),
      },
      {
        title: 'Interval',
        numeric: true,
        cell: ({ quantity }) => (quantity === null ? noValue : (formatDifference(quantity).interval ?? 'not bounded')),
      },
      { title: 'Broken over', numeric: true, cell: ({ limit, unit }) => boundText(limit, unit) },
      { title: 'Holds up to', numeric: true, cell: ({ margin, unit }) => boundText(margin, unit) },
    ],
    groups: [{ title: null, rows: findings }],
  });
}

function same({ base, candidate }: NonNullable<Result['comparison']>): Markup | null {
  if (base.contentHash === null || base.contentHash !== candidate.contentHash) return null;
  return markup`<p class="notice neutral">Both builds are the same program, byte by byte: every difference seen here is chance, or of
their configuration and data.</p>`;
}

/** null in a run that compared no builds. */
export async function comparisonSection(result: Result): Promise<Section | null> {
  const { comparison } = result;
  if (comparison === undefined) return null;
  const findings = result.findings.filter((finding) => finding.id.startsWith('CMP-'));
  const chart = comparedRatios(findings);
  return {
    id: 'comparison',
    title: 'Base and candidate',
    body: markup`${factList([
      ['Base', describeBuild(comparison.base)],
      ['Candidate', describeBuild(comparison.candidate)],
    ])}${same(comparison)}${comparedPolicySentences(result).map((sentence) => markup`<p class="notice neutral">${sentence}</p>\n`)}
<p>Both run at the same time, each with a database of its own, a copy of the same data. Every request goes to both, one after
the other, in random order; processes restart and change places between blocks. What is compared is always a pair, and a block
counts as one observation. A claim is broken when the change is surely over the first bound, and holds when it surely is not over the
second; in between nothing is said. Latency, costs, errors and connections are looked at after ${listIds(plannedLooks.map(String))} blocks and, after that,
whenever there are two thirds more; between two looks the last one counts. Tenants, whose pairs are counted one by one, may be looked at
after any block. All looks together have no more than the stated error, for whatever reason the comparison stopped.</p>
<div class="pair-of-figures">${chart === null ? null : await figure(chart)}${claimTable(findings)}</div>`,
  };
}
