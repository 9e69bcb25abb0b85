/** A judged gate of one's own as a row of the result: the worst of its parts, after the guards of each had their say. */
import type { Judgement } from '../model/finding.ts';
import type { JudgedGate, PolicyGate } from '../model/policy-gate.ts';
import type { Quantity } from '../model/quantity.ts';
import type { Finding, Validity } from '../model/result.ts';
import { invalidateFinding } from './invalidate-finding.ts';

export function gateFinding({ gate, parts, missing }: JudgedGate, validity: readonly Validity[]): Finding {
  const gated = gate.level === 'error' && missing === null && gate.condition !== null;
  const empty = partFinding(gate, gated, nothingSaid(gate, missing));
  const found = parts.map(({ experimentId, judgement }) => ({
    experimentId,
    finding: invalidateFinding(
      partFinding(gate, gated, judgement),
      { title: titleOf(gate), experimentId, decidesInInvalidRun: false },
      validity,
    ),
  }));
  const worst = found.reduce<(typeof found)[number] | null>(
    (first, next) => (first === null || isWorse(next.finding, first.finding) ? next : first),
    null,
  );
  if (worst === null) return empty;
  const { finding } = worst;
  const warning = gate.level === 'warn' ? ' A warning only, by the policy: it decides nothing.' : '';
  const place = found.length === 1 ? '' : `${worst.experimentId}: `;
  const rows = found.length === 1 ? [] : found.map(({ experimentId, finding: part }) => rowOf(experimentId, part));
  return {
    ...finding,
    explanation: `${place}${finding.explanation}${warning}`,
    evidence: [...rows, ...finding.evidence],
  };
}

function nothingSaid({ selector }: PolicyGate, missing: string | null): Judgement {
  const place = selector.scenario === null ? 'a load of its selection' : `the experiment ${selector.scenario}`;
  return {
    outcome: 'inconclusive',
    reason: missing ?? `Its selection matches nothing: this run has no experiment ${selector.scenario ?? 'of it'}.`,
    needs: missing === null ? `a run with ${place}` : 'a policy and a run that have it judged',
  };
}

function titleOf({ figure, condition, unit, id }: PolicyGate): string {
  return condition === null ? id : `${figure} ${condition.operator} ${condition.limit} ${unit}`;
}

function partFinding(gate: PolicyGate, gated: boolean, said: Judgement): Finding {
  const title = titleOf(gate);
  return {
    id: gate.id,
    title: said.outcome === 'broken' ? `Not ${title}` : title,
    why: 'A gate of the policy of this project.',
    source: ['policy'],
    gated,
    ...(gate.level === 'error' ? {} : { level: gate.level }),
    outcome: said.outcome,
    quantity: said.quantity ?? null,
    limit: gate.condition?.limit ?? null,
    unit: gate.unit,
    explanation: said.outcome === 'inconclusive' ? said.reason : said.explanation,
    needs: said.outcome === 'inconclusive' ? said.needs : null,
    evidence: (said.evidence ?? []).map(({ label, quantity, outcome, note }) => ({
      ...{ label, quantity: quantity ?? null, outcome: outcome ?? null, note: note ?? null },
    })),
  };
}

const rank = { broken: 2, inconclusive: 1, holds: 0 } as const;

function isWorse(next: Finding, first: Finding): boolean {
  if (next.outcome !== first.outcome) return rank[next.outcome] > rank[first.outcome];
  if (next.quantity === null || first.quantity === null) return false;
  return badness(next.quantity) > badness(first.quantity);
}

function badness({ value, direction }: Quantity): number {
  return direction === 'lower-is-better' ? value : -value;
}

function rowOf(label: string, { quantity, outcome, explanation }: Finding): Finding['evidence'][number] {
  return { label, quantity, outcome, note: quantity === null ? explanation : null };
}
