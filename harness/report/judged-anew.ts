/** Says that a run was judged by another policy than the one it was judged with first: whoever loosens a limit afterwards is seen. */
import type { Result } from '../model/result.ts';

/** null where the policy is the first, or was not stored. */
export function judgedAnew({ policy }: Pick<Result, 'policy'>): string | null {
  if (policy === undefined || policy.sha256 === policy.firstSha256) return null;
  const [now, first] = [policy.sha256, policy.firstSha256].map((sum) => sum.slice(0, 12));
  return `Judged anew by another policy (${now}) than the run was first judged by (${first}).`;
}
