/** A judged claim as a row of the result: with its limit, whether the verdict depends on it, and what was not measured said so. */
import { type JudgedClaim, tenantsOfClaim } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { Profile } from '../model/experiment.ts';
import type { Finding } from '../model/result.ts';
import type { Level } from '../model/policy-entry.ts';
import type { Thresholds } from '../model/thresholds.ts';

export interface FindingContext {
  profile: Profile;
  /** How many there really were. */
  tenants: number;
  thresholds: Thresholds;
}

export function toFinding({ claim, judgement }: JudgedClaim, context: FindingContext): Finding {
  const gate = context.thresholds.claims[claim.id];
  const { unit, level = 'error' } = gate;
  const missing = level === 'off' ? switchedOff : notMeasured(claim.id, claim.experimentId, context);
  const said = missing ?? judgement;
  const { limit, margin } = boundsOf(gate, said);
  const wanted = missing === null && context.profile.gates.includes(claim.id);
  const gated = wanted && level === 'error';
  return {
    id: claim.id,
    title: `${said.outcome === 'broken' ? claim.failureTitle : claim.title}${deviation(claim.promised, limit, unit)}`,
    why: claim.why,
    source: claim.source,
    gated,
    ...(level === 'error' ? {} : { level }),
    outcome: said.outcome,
    quantity: said.quantity ?? null,
    limit,
    ...(margin === undefined ? {} : { margin }),
    unit,
    explanation: explain(said, whyUngated({ missing, wanted, level, profile: context.profile })),
    needs: said.outcome === 'inconclusive' ? said.needs : null,
    evidence: (said.evidence ?? []).map(toEvidence),
  };
}

/** Those of the figure that is shown, or else the policy's. */
function boundsOf(
  gate: Thresholds['claims'][JudgedClaim['claim']['id']],
  { bounds }: Judgement,
): { limit: number; margin?: number } {
  return bounds ?? ('margin' in gate ? { limit: gate.limit, margin: gate.margin } : { limit: gate.limit });
}

/** Titles speak of what was promised; a policy that judges by another limit has to say so beside it. */
function deviation(promised: number | null, limit: number, unit: string): string {
  return promised === null || promised === limit ? '' : ` (judged by a policy limit of ${limit} ${unit} instead)`;
}

const switchedOff: Judgement = {
  outcome: 'inconclusive',
  reason: 'Switched off by the policy: not judged.',
  needs: 'a policy that has it judged',
};

function whyUngated(of: { missing: Judgement | null; wanted: boolean; level: Level; profile: Profile }): string {
  if (of.missing !== null) return '';
  if (!of.wanted) return ` Shown only: profile ${of.profile.id} does not gate on it.`;
  return of.level === 'warn' ? ' A warning only, by the policy: it decides nothing.' : '';
}

function explain(said: Judgement, aside: string): string {
  return `${said.outcome === 'inconclusive' ? said.reason : said.explanation}${aside}`;
}

/** What to say of a claim that this run could not measure; null where it could. */
function notMeasured(
  id: JudgedClaim['claim']['id'],
  experimentId: string | null,
  context: FindingContext,
): Judgement | null {
  const { profile, tenants } = context;
  if (experimentId !== null && !profile.experiments.some((experiment) => experiment.id === experimentId)) {
    return {
      outcome: 'inconclusive',
      reason: `Not measured in profile ${profile.id}: it has no experiment ${experimentId}.`,
      needs: `a run with the experiment ${experimentId}`,
    };
  }
  const wanted = tenantsOfClaim[id] ?? tenants;
  if (wanted === tenants) return null;
  return {
    outcome: 'inconclusive',
    reason: `Not measured in profile ${profile.id}: the claim is about ${count(wanted)} tenants, this run had ${count(tenants)}.`,
    needs: `a run with --tenants ${wanted}`,
  };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function toEvidence(row: EvidenceRow): Finding['evidence'][number] {
  return { label: row.label, quantity: row.quantity ?? null, outcome: row.outcome ?? null, note: row.note ?? null };
}
