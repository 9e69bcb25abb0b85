/** The result of one comparison of a selftest → what became of its case. Pure. */
import { failedGuardsOf } from '../model/failed-guards.ts';
import type { Finding, Result } from '../model/result.ts';
import type { SelftestCase } from '../model/selftest.ts';

/** Experiment of a comparison; its guards decide whether a case proves anything. */
const experimentId = 'compare';
/** What identical arms are shown by: the claim over all requests. */
const overallClaim = 'CMP-MEDIAN';
/** A gate was seen to stay quiet only where it decided: these are the claims that time enough decides on any machine. */
const quietClaims: readonly string[] = [
  overallClaim,
  'CMP-CPU',
  'CMP-ALLOCATION',
  'CMP-BYTES',
  'CMP-STATEMENTS',
  'CMP-ROWS',
];

export type JudgedCase = Pick<
  SelftestCase,
  'outcome' | 'quantity' | 'limit' | 'unit' | 'explanation' | 'alsoBroken' | 'open' | 'invalid'
>;

/** `claim`: the one that must be broken; null where none may be. */
export function judgeSelftestCase(claim: string | null, result: Result): JudgedCase {
  const broken = result.findings.filter(({ id, outcome }) => id.startsWith('CMP-') && outcome === 'broken');
  const shown = result.findings.find(({ id }) => id === (claim ?? overallClaim));
  const invalid = whyInvalid(result) ?? (claim === null ? whyUndecided(result.findings) : null);
  const open = openClaims(result.findings);
  return {
    ...(claim === null ? { ...judgeIdentical(broken, { invalid, open }), open } : judgePlanted(claim, shown, invalid)),
    quantity: shown?.quantity ?? null,
    limit: shown?.limit ?? null,
    unit: shown?.unit ?? null,
    alsoBroken: broken.map(({ id }) => id).filter((id) => claim !== null && id !== claim),
    invalid,
  };
}

/** What became of a case whose comparison could not be made. */
export function unmadeSelftestCase(claim: string | null, reason: string): JudgedCase {
  return {
    outcome: claim === null ? 'quiet' : 'missed',
    ...{ quantity: null, limit: null, unit: null, alsoBroken: [] },
    explanation: `It proves nothing: the comparison failed: ${reason}`,
    invalid: `the comparison failed: ${reason}`,
  };
}

type Judged = Pick<JudgedCase, 'outcome' | 'explanation'>;

function judgeIdentical(
  broken: readonly Finding[],
  { invalid, open }: { invalid: string | null; open: readonly string[] },
): Judged {
  if (broken.length > 0) {
    const said = broken.map(({ id, explanation }) => `${id} is broken: ${explanation}`);
    return { outcome: 'false-alarm', explanation: `The same program in both arms, and yet ${said.join(' ')}` };
  }
  if (invalid !== null)
    return { outcome: 'quiet', explanation: `No claim is broken, but that proves nothing: ${invalid}` };
  const left = open.length === 0 ? '' : ` Undecided stayed ${open.join(', ')}.`;
  return { outcome: 'quiet', explanation: `The same program in both arms: no claim is broken.${left}` };
}

function judgePlanted(claim: string, finding: Finding | undefined, invalid: string | null): Judged {
  if (finding?.outcome === 'broken' && finding.gated) return { outcome: 'found', explanation: finding.explanation };
  if (finding?.outcome === 'broken') {
    const explanation = `${claim} is broken, but the policy does not let it decide, so the gate stays green: ${finding.explanation}`;
    return { outcome: 'missed', explanation };
  }
  const seen =
    finding === undefined
      ? `${claim} was not judged.`
      : `${claim} is ${words[finding.outcome]}: ${finding.explanation}`;
  return { outcome: 'missed', explanation: invalid === null ? seen : `It proves nothing: ${invalid} ${seen}` };
}

const words = { holds: 'said to hold', inconclusive: 'undecided' } as const;

/** Of the claims that decide. */
function openClaims(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ id, gated, outcome }) => id.startsWith('CMP-') && gated && outcome === 'inconclusive')
    .map(({ id }) => id);
}

/** A claim that the policy does not let decide cannot turn the gate red, and is not waited for. */
function whyUndecided(findings: readonly Finding[]): string | null {
  const wanted = findings.filter(({ id, gated }) => gated && quietClaims.includes(id));
  const open = openClaims(wanted);
  if (wanted.length === 0) return `none of ${quietClaims.join(', ')} decides here.`;
  return open.length === 0 ? null : `${open.join(', ')} stayed undecided.`;
}

function whyInvalid({ validity, incomplete }: Result): string | null {
  const failed = failedGuardsOf(experimentId, validity);
  const guards = [...new Set(failed.map(({ id }) => id))];
  const reasons = [
    ...(guards.length === 0 ? [] : [`guard ${guards.join(', ')} failed.`]),
    ...(incomplete === null ? [] : [`it did not go to its end: ${incomplete}`]),
  ];
  return reasons.length === 0 ? null : reasons.join(' ');
}
