/** Section: whether the gate was seen to go red on this machine, for which regressions, and when. */
import type { Result } from '../../model/result.ts';
import { listIds } from '../../model/list-ids.ts';
import { foundDespite, provesNothing, type RecordedSelftest, type SelftestCase } from '../../model/selftest.ts';
import { formatCount, formatPlural, noValue } from '../format/number.ts';
import { formatDifferenceLimit } from '../format/limit.ts';
import { formatDifference } from '../format/observed.ts';
import { formatDuration } from '../format/time.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import type { Outcome } from '../outcome.ts';
import { selftestSentence } from '../selftest-sentence.ts';
import { table } from '../table.ts';
import type { Section } from './section.ts';

const words = { found: 'found', missed: 'missed', quiet: 'quiet', 'false-alarm': 'false alarm' } as const;

function stateOf(one: SelftestCase): Outcome {
  if (provesNothing(one)) return 'inconclusive';
  return one.outcome === 'found' || one.outcome === 'quiet' ? 'holds' : 'broken';
}

function caseCell(one: SelftestCase): Markup {
  const also =
    one.alsoBroken.length === 0
      ? null
      : markup`<p class="small"><span class="quiet">also broken, which does not count:</span> ${one.alsoBroken.join(', ')}</p>`;
  const open =
    one.open === undefined || one.open.length === 0
      ? null
      : markup`<p class="small"><span class="quiet">stayed undecided:</span> ${one.open.join(', ')}</p>`;
  const note = stateOf(one) === 'holds' ? foundDespite(one) : one.explanation;
  const reason = note === null ? null : markup`<p class="small">${note}</p>`;
  return markup`<b>${one.id}</b><p class="small">${one.title}</p>${reason}${also}${open}`;
}

function seenCell({ quantity }: SelftestCase): Markup {
  if (quantity === null) return markup`${noValue}`;
  const { value, interval } = formatDifference(quantity);
  return markup`<b>${value}</b>${interval === null ? null : markup`<br /><span class="interval">${interval}</span>`}`;
}

function limitCell({ limit, unit }: SelftestCase): string {
  if (limit === null || unit === null) return noValue;
  return `over ${formatDifferenceLimit(limit, unit)}`;
}

function effortCell({ blocks, wallMs }: SelftestCase): Markup {
  return markup`${formatPlural(blocks, 'block')}<br /><span class="interval">${formatDuration(wallMs)}</span>`;
}

function caseTable(cases: readonly SelftestCase[]): Markup {
  return table({
    caption: 'What was planted, and whether the right claim found it',
    narrow: 'stack',
    columns: [
      { title: 'Case', width: 40, cell: caseCell },
      { title: 'Must be found by', cell: ({ claim }) => claim ?? 'none: both arms are alike' },
      { title: 'Broken', numeric: true, cell: limitCell },
      { title: 'Seen', numeric: true, cell: seenCell },
      { title: 'Until decided', numeric: true, cell: effortCell },
      { title: 'Outcome', cell: (one) => outcomeBadge(stateOf(one), words[one.outcome]) },
    ],
    groups: [{ title: null, rows: cases }],
  });
}

/** What was tried then is not what judged this run. */
function otherThen({ sameMethod, samePolicy }: RecordedSelftest): Markup | null {
  if (sameMethod && samePolicy) return null;
  const what = sameMethod
    ? 'other limits than those this run was judged by: thresholds.json is another, or has changed since'
    : 'another method than the one that judged this run: statistics, claims or guards have changed since';
  return markup`<p class="notice">It tried ${what}. Run <code>signoff selftest</code> again.</p>
`;
}

/** "This gate was seen to go red here on …, for …", and what speaks against it. */
function summary(recorded: RecordedSelftest): Markup {
  const { cases } = recorded.selftest;
  const idsOf = (isWanted: (one: SelftestCase) => boolean) => cases.filter(isWanted).map(({ id }) => id);
  const missed = idsOf((one) => one.outcome === 'missed' && !provesNothing(one));
  const vacuous = idsOf(provesNothing);
  const quiet = cases.some((one) => one.outcome === 'quiet' && !provesNothing(one));
  return markup`<p>${selftestSentence(recorded)} ${quiet ? 'Identical programs left it quiet.' : 'That identical programs leave it quiet was not seen.'}</p>
${missed.length === 0 ? null : markup`<p class="notice">It missed ${listIds(missed)}: a regression of that kind may pass here unseen.</p>`}
${cases.some((one) => one.outcome === 'false-alarm') ? markup`<p class="notice">It raised a false alarm for identical programs: what it calls broken may not be.</p>` : null}
${vacuous.length === 0 ? null : markup`<p>Of ${listIds(vacuous)} nothing follows: the comparison was not valid, or decided too little.</p>`}`;
}

function circumstances(selftest: RecordedSelftest['selftest']): Markup {
  const { machine, tenants, rowsPerTenant, version, commit, wallMs, notTried, atMostMs } = selftest;
  const revision = commit === null ? '' : ` at ${commit.slice(0, 12)}`;
  const left =
    notTried.length === 0 ? null : markup`<p>Not tried in that selftest, and so not shown: ${listIds(notTried)}.</p>`;
  return markup`${left}
<p class="small">Tried by signoff ${version}${revision} on ${formatPlural(machine.cores, 'core')} of ${machine.cpu}, environment ${machine.environment},
${formatCount(tenants)} tenants of about ${formatCount(rowsPerTenant)} rows, at most ${formatDuration(atMostMs)} of load a case; ${formatDuration(wallMs)} in all.
Each case is a live comparison of this program with itself, one side changed for the worse in its source, its database or its configuration.
It shows that load, samples, costs and judging see such changes here; that the absolute limits and the isolation probes turn red is
shown by <code>signoff run --defect</code>.</p>`;
}

const never = markup`<p>${selftestSentence(undefined)} A gate that was never
red may not be able to be. <code>signoff selftest</code> plants ten regressions and shows which of them are found; reports of later runs say so here.</p>`;

export function selftestSection({ selftest }: Result): Section {
  return {
    id: 'selftest',
    title: 'Was this gate seen to go red?',
    body:
      selftest === undefined
        ? never
        : markup`${summary(selftest)}
${otherThen(selftest)}${caseTable(selftest.selftest.cases)}${circumstances(selftest.selftest)}`,
  };
}
