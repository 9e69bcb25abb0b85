/** Says by whose policy two builds were compared where that is not a matter of course: whoever loosens a limit beside a change is seen. */
import type { Result } from '../model/result.ts';
import { judgedAnew } from './judged-anew.ts';

/** More of them are counted: policy.json and the two files have all. */
const mostNamed = 12;

/** Empty where the base's decided and the candidate has the same. */
export function comparedPolicySentences(result: Pick<Result, 'comparison' | 'policy'>): string[] {
  const policy = result.comparison?.policy;
  if (policy === undefined) return [];
  const { of, whyNotBase, differs, candidateChanges } = policy;
  const decides = {
    base: 'the base’s decided',
    project: 'that of the project decided',
    file: 'the file that --thresholds named decided',
  }[of];
  const anew = judgedAnew(result) === null ? '' : ' at first';
  const otherwise = differs.length === 0 ? '' : ` Against the base’s it has ${nameSome(differs)}.`;
  return [
    ...(whyNotBase === null ? [] : [`Compared by the project’s thresholds.json, because ${whyNotBase}.${otherwise}`]),
    ...(of === 'file' && differs.length > 0 ? [`Compared by a policy that --thresholds named.${otherwise}`] : []),
    ...(candidateChanges.length === 0
      ? []
      : [`The candidate changes thresholds.json; ${decides}${anew}. Changed: ${nameSome(candidateChanges)}.`]),
  ];
}

function nameSome(changes: readonly string[]): string {
  const more = changes.length - mostNamed;
  return [...changes.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
