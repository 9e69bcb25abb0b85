/** Judges a claim of zero tolerance by its probes: one violation breaks it, and without working controls it never holds. */
import type { Evidence } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { Quantity } from '../model/quantity.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { type Missing, blocksOf } from './blocks-of.ts';
import { inconclusive } from './inconclusive.ts';
import { numberText } from './number-text.ts';
import { type ProbeRow, probeRows } from './probe-rows.ts';

export interface ProbeGate {
  claim: ProbeRow['claim'];
  /** The experiment that probes; what other experiments counted beside their load is added. */
  experimentId: string;
  minimumSamples: number;
  /** Why green probes prove nothing, for reasons that do not lie in the run; null where there are none. */
  distrust?: Missing | null;
  /** Why they can be believed, beside what the run itself shows; a sentence, with a space before it. */
  trust?: string;
}

/** Of the bound that the explanation names. */
const confidence = 0.95;
const mostNamed = 3;
/** Every answer of every load is looked at for another tenant's data; the scripts count it under this name. */
const CHECKED_ANSWERS = 'response-tenant';

export function judgeProbes(evidence: Evidence, gate: ProbeGate): Judgement {
  const rows = probeRows(evidence).filter((row) => row.claim === gate.claim);
  const quantity = violationsOf(rows);
  const leaking = rows.filter((row) => row.leaks > 0);
  // First of all: what was seen stays seen, whatever else is missing.
  if (leaking.length > 0) {
    return {
      outcome: 'broken',
      quantity,
      evidence: rows.map(toEvidence),
      explanation: explainLeaks(leaking, quantity),
    };
  }
  const missing = missingArtefact(evidence, gate) ?? weakness(rows, gate) ?? gate.distrust ?? null;
  if (missing !== null) return inconclusive({ ...missing, quantity, evidence: rows.map(toEvidence) });
  const controls = rows.reduce((total, row) => total + row.decidedControls, 0);
  const [weakest, rate] = leastProbed(rows);
  const explanation =
    `No violation in ${numberText(quantity.samples)} probes of ${rows.length} kinds, and all ${numberText(controls)} controls were let in. ` +
    `The fewest were ${numberText(decided(weakest))} of "${weakest.probe}": a fault there that shows itself in more than ${numberText(rate * 100)} % of them would have been seen with ${confidence * 100} % confidence.${gate.trust ?? ''}`;
  return { outcome: 'holds', quantity, evidence: rows.map(toEvidence), explanation };
}

/** The kind with the fewest decided probes, and the largest share of them that a fault could show itself in unseen. */
function leastProbed(rows: readonly ProbeRow[]): [ProbeRow, number] {
  const weakest = rows.reduce((least, row) => (decided(row) < decided(least) ? row : least));
  const [, rate] = clopperPearson({ successes: 0, trials: decided(weakest), confidence });
  return [weakest, rate];
}

/** The count is a lower bound; probing never bounds from above what was not probed. */
function violationsOf(rows: readonly ProbeRow[]): Quantity {
  const value = rows.reduce((total, row) => total + row.leaks, 0);
  const samples = rows.reduce((total, row) => total + decided(row), 0);
  return { value, unit: 'count', direction: 'lower-is-better', samples, interval: [value, null], confidence };
}

function decided(row: ProbeRow): number {
  return row.probes - row.undecided;
}

function explainLeaks(leaking: readonly ProbeRow[], quantity: Quantity): string {
  const named = leaking.slice(0, mostNamed).map((row) => {
    const example = row.examples[0];
    return `${row.probe} (${numberText(row.leaks)} of ${numberText(decided(row))}${example === undefined ? '' : `, for instance ${example}`})`;
  });
  const more = leaking.length > mostNamed ? `; and ${leaking.length - mostNamed} more kinds` : '';
  return `${numberText(quantity.value)} violations in ${numberText(quantity.samples)} probes: ${named.join('; ')}${more}.`;
}

/** Violations of any experiment count, so every block must have counted. Roles and tokens are probed by one experiment only. */
function missingArtefact(evidence: Evidence, { claim, experimentId }: ProbeGate): Missing | null {
  const others = claim === 'SEC-ISO' ? evidence.blocks.map(({ measurement }) => measurement.experimentId) : [];
  for (const id of new Set([experimentId, ...others])) {
    const found = blocksOf(evidence, id, ['probes']);
    if ('missing' in found) return found.missing;
  }
  return null;
}

/** Why these probes prove nothing; null where they do. */
function weakness(rows: readonly ProbeRow[], gate: ProbeGate): Missing | null {
  if (rows.length === 0) return { reason: 'No probe ran.', needs: `a run of ${gate.experimentId} that probes` };
  const some = (found: readonly ProbeRow[]): string => `${found.length} of ${formatKinds(rows)}`;
  const refused = rows.filter((row) => row.controlFailures > 0);
  if (refused.length > 0) {
    const example = refused[0]?.controlExamples[0];
    const reason = `A control was refused, so a refused probe proves nothing: ${some(refused)}${forInstance(refused)}${example === undefined ? '' : ` (${example})`}.`;
    return { reason, needs: 'a service that lets the rightful owner in' };
  }
  const idle = rows.filter((row) => decided(row) === 0);
  if (idle.length > 0) {
    const unsent = idle.filter((row) => row.probes === 0).length;
    const ofThem = unsent === 0 ? '' : ` (${unsent} of them never sent)`;
    return {
      reason: `${some(idle)} without a single answer that decides${ofThem}${forInstance(idle)}.`,
      needs: 'a run in which every probe is answered',
    };
  }
  const uncontrolled = rows.filter((row) => row.decidedControls === 0);
  if (uncontrolled.length > 0) {
    return {
      reason: `${some(uncontrolled)} without a control that was let in${forInstance(uncontrolled)}.`,
      needs: 'a control for every probe: the rightful owner asks for the same thing and gets it',
    };
  }
  // Checked answers of the load come by the ten thousand; they are no probes, and no substitute for them.
  const probes = rows.filter((row) => row.probe !== CHECKED_ANSWERS).reduce((total, row) => total + decided(row), 0);
  if (probes >= gate.minimumSamples) return null;
  return {
    reason: `${probes} decided probes are fewer than the ${gate.minimumSamples} it is judged by.`,
    needs: `${gate.minimumSamples - probes} more probes`,
  };
}

const formatKinds = ({ length }: readonly ProbeRow[]): string => `${length} ${length === 1 ? 'kind' : 'kinds'}`;

/** All where they are few. */
function forInstance(found: readonly ProbeRow[]): string {
  const names = found.slice(0, mostNamed).map((row) => row.probe);
  return `${found.length > names.length ? ', for instance' : ':'} ${names.join(', ')}`;
}

function toEvidence(row: ProbeRow): EvidenceRow {
  const undecided = row.undecided === 0 ? '' : `; ${numberText(row.undecided)} undecided`;
  const note =
    row.probes === 0
      ? 'never sent'
      : `${numberText(row.decidedControls - row.controlFailures)} of ${numberText(row.decidedControls)} controls let in${undecided}`;
  return {
    label: row.probe,
    quantity: violationsOf([row]),
    note: row.examples[0] === undefined ? note : `${note}; for instance ${row.examples[0]}`,
    ...(row.leaks > 0 ? { outcome: 'broken' as const } : {}),
  };
}
