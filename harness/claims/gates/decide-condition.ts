/** Whether a condition surely is, or surely is not, true of a figure, by its interval. */
import type { GateCondition } from '../../model/policy-gate.ts';
import type { Quantity } from '../../model/quantity.ts';

export type Decision = 'true' | 'false' | 'open';

export function decideCondition([lower, upper]: Quantity['interval'], { operator, limit }: GateCondition): Decision {
  const below = upper !== null && upper < limit;
  const above = lower !== null && lower > limit;
  const notAbove = upper !== null && upper <= limit;
  const notBelow = lower !== null && lower >= limit;
  const choose = (isTrue: boolean, isFalse: boolean) => (isTrue ? 'true' : isFalse ? 'false' : 'open');
  if (operator === '<') return choose(below, notBelow);
  if (operator === '<=') return choose(notAbove, above);
  if (operator === '>') return choose(above, notAbove);
  if (operator === '>=') return choose(notBelow, below);
  const equal = notAbove && notBelow;
  return operator === '==' ? choose(equal, below || above) : choose(below || above, equal);
}
