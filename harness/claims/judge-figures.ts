/** Judges a claim about two builds by one figure or by the worst of several, and says it in words. */
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { Quantity } from '../model/quantity.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import type { ComparedFigure } from './compared-figure.ts';
import { inconclusive } from './inconclusive.ts';
import { confidenceText, numberText, roughText } from './number-text.ts';

export interface NamedFigure {
  /** As a subject: "a request of trades.list". */
  subject: string;
  figure: ComparedFigure;
  /** Where it is not judged by the gate of all. */
  gate?: ComparisonGate;
}

export interface FiguresQuestion {
  /** At least one. */
  figures: readonly NamedFigure[];
  gate: ComparisonGate;
  /** What the figure says, with its place: `${what(subject, figure)}`. */
  say: (subject: string, amount: string) => string;
  evidence: EvidenceRow[];
  /** What a block's figure is made of, in the plural. */
  samplesAre: string;
}

/**
 * One that is broken breaks the claim; it holds when all do. A wrong "broken" may come from any of them, so they share that chance; a wrong
 * "holds" needs the one that is really over the margin to be missed, whatever the others do (Berger 1982, Technometrics 24:295).
 */
export function judgeFigures(question: FiguresQuestion): Judgement {
  const { figures, evidence } = question;
  const worst = worstOf(figures);
  if (worst === null) return inconclusive({ reason: 'Nothing was compared.', needs: 'a run that compares two builds' });
  const { figure, subject, gate = question.gate } = worst;
  const { quantity, outcome } = figure;
  const [lower, upper] = quantity.interval;
  const seen = question.say(subject, amountText(quantity.value, gate.unit));
  const basis = `over ${figure.blocks} blocks and ${numberText(quantity.samples)} ${question.samplesAre}`;
  if (outcome === 'broken' && lower !== null) {
    const sure = `with ${confidenceText(1 - gate.falseAlarm)} % confidence at least ${amountText(lower, gate.unit)}`;
    const explanation = `${seen}, ${sure}, ${basis}; limit ${numberText(gate.limit)}.`;
    return { outcome, quantity, evidence, explanation };
  }
  if (outcome === 'holds' && upper !== null) {
    const sure = `with ${confidenceText(1 - gate.falsePass)} % confidence at most ${amountText(upper, gate.unit)}`;
    const explanation = `${seen}, ${sure}, ${basis}; it may be ${amountText(gate.margin, gate.unit)}.`;
    return { outcome, quantity, evidence, explanation };
  }
  return inconclusive({ ...openText(seen, basis, figure, gate), quantity, evidence });
}

function worstOf(figures: readonly NamedFigure[]): NamedFigure | null {
  const rank = { broken: 2, inconclusive: 1, holds: 0 };
  const sorted = figures.toSorted(
    (a, b) =>
      rank[b.figure.outcome] - rank[a.figure.outcome] ||
      boundToFear(b.figure.quantity) - boundToFear(a.figure.quantity),
  );
  return sorted[0] ?? null;
}

function boundToFear({ interval, value }: Quantity): number {
  return interval[1] ?? value;
}

function openText(seen: string, basis: string, { quantity, blocks, further }: ComparedFigure, gate: ComparisonGate) {
  const { limit, margin, unit, minimumBlocks } = gate;
  const needs =
    further === null
      ? `far more blocks than anybody would wait for: ${whyNever(quantity.value, gate)}`
      : `about ${roughText(further)} more ${further === 1 ? 'block' : 'blocks'}`;
  if (blocks < minimumBlocks) {
    return { reason: `${seen}, but ${blocks} blocks are fewer than the ${minimumBlocks} it is judged by.`, needs };
  }
  const [lower, upper] = quantity.interval.map((bound) => (bound === null ? 'unbounded' : amountText(bound, unit)));
  const where = `its interval of ${lower} to ${upper} is neither over ${amountText(limit, unit)} nor up to ${amountText(margin, unit)}`;
  return { reason: `${seen}, but ${where} (${basis}).`, needs };
}

function whyNever(value: number, { limit, margin }: ComparisonGate): string {
  return value > limit && value < margin
    ? 'the difference lies where this limit and margin do not decide'
    : 'the blocks differ too much from each other';
}

/** Ratios to a thousandth, because a per cent matters. */
export function amountText(value: number, unit: ComparisonGate['unit']): string {
  if (unit === 'ratio') return value < 100 ? value.toFixed(3) : numberText(value);
  return unit === '%' ? `${numberText(value)} %` : numberText(value);
}
