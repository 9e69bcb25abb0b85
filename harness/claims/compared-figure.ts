/** A figure of the candidate against the base, with bounds that hold at every look, and what they decide. */
import type { Quantity } from '../model/quantity.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { type AnytimeMean, anytimeMean } from '../statistics/anytime-mean.ts';
import { furtherBlocks } from '../statistics/further-blocks.ts';

export interface ComparedFigure {
  outcome: 'holds' | 'broken' | 'inconclusive';
  quantity: Quantity;
  blocks: number;
  /** Further blocks that would decide it; null: none that anybody would wait for. 0 where it is decided. */
  further: number | null;
}

export interface FigureQuestion {
  /** One a block: logarithms of ratios where the unit is a ratio, else differences. At least one. */
  values: readonly number[];
  gate: ComparisonGate;
  /** What the values were made of. */
  samples: number;
  /** Figures that share the chance of a false alarm in equal parts. */
  sharedBy?: number;
  /** Whether to estimate the blocks that are still needed; true where it is left out. */
  foresee?: boolean;
}

/**
 * Ratios are told to a thousandth, shares to a hundredth of a per cent, counts to a tenth: figures that are equal in every block are bounded by
 * that and not by nothing.
 */
const resolutions = { ratio: 0.001, '%': 0.01, count: 0.1 } as const satisfies Record<ComparisonGate['unit'], number>;

export function comparedFigure({
  values,
  gate,
  samples,
  sharedBy = 1,
  foresee = true,
}: FigureQuestion): ComparedFigure {
  const errors = { lowerError: gate.falseAlarm / sharedBy, upperError: gate.falsePass };
  const seen = anytimeMean({ values, ...errors, resolution: resolutions[gate.unit], spending: 'early' });
  const quantity = quantityOf(seen, { gate, samples, blocks: values.length });
  const outcome = decideBounds(quantity.interval, gate, values.length);
  const further = foresee ? furtherOf(seen, { values, gate, outcome, errors }) : null;
  return { outcome, quantity, blocks: values.length, further };
}

/** Broken comes first: an effect between limit and margin is surely there, and surely not large. */
export function decideBounds(
  [lower, upper]: Quantity['interval'],
  gate: ComparisonGate,
  blocks: number,
): ComparedFigure['outcome'] {
  if (blocks < gate.minimumBlocks) return 'inconclusive';
  if (lower !== null && lower > gate.limit) return 'broken';
  return upper !== null && upper <= gate.margin ? 'holds' : 'inconclusive';
}

function quantityOf(
  { mean, lower, upper }: AnytimeMean,
  { gate, samples, blocks }: { gate: ComparisonGate; samples: number; blocks: number },
): Quantity {
  const { unit } = gate;
  const inUnit = (value: number) => (unit === 'ratio' ? Math.exp(value) : value);
  return {
    value: inUnit(mean),
    unit,
    direction: 'lower-is-better',
    samples,
    effectiveSamples: blocks,
    interval: [lower === null ? null : inUnit(lower), upper === null ? null : inUnit(upper)],
    // Each bound has its own; of both, no more than this can be said.
    confidence: 1 - Math.max(gate.falseAlarm, gate.falsePass),
  };
}

function furtherOf(
  seen: AnytimeMean,
  question: {
    values: readonly number[];
    gate: ComparisonGate;
    outcome: ComparedFigure['outcome'];
    errors: { lowerError: number; upperError: number };
  },
): number | null {
  const { values, gate, outcome, errors } = question;
  if (outcome !== 'inconclusive') return 0;
  const short = gate.minimumBlocks - values.length;
  if (short > 0) return short;
  const onScale = (value: number) => (gate.unit === 'ratio' ? Math.log(value) : value);
  const [limit, margin] = [onScale(gate.limit), onScale(gate.margin)];
  return furtherBlocks({ seen, blocks: values.length, limit, margin, spending: 'early', ...errors });
}
