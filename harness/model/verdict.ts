/** Pass, fail, inconclusive, and how many verdicts become one. */
import { z } from 'zod';

export const verdictSchema = z.enum(['pass', 'fail', 'inconclusive']);
export type Verdict = z.infer<typeof verdictSchema>;

/** Total order of the merge: fail > inconclusive > pass; nothing merged is inconclusive (as in Jepsen's checkers). */
export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  if (verdicts.length === 0 || verdicts.includes('inconclusive')) return 'inconclusive';
  return 'pass';
}
