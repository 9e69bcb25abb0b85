/** Why a run that may be measured on is not, in words for whoever asked for it: silence could mean anything. Pure. */
import type { ClaimId } from '../model/thresholds.ts';
import { judgeTogether } from './judge-together.ts';
import { type FurtherQuestion, planFurtherBlocks } from './plan-further-blocks.ts';

/** For a question that planFurtherBlocks answers with null. */
export function whyNotFurther(question: FurtherQuestion): string {
  const { evidence, thresholds, figures } = question;
  const isMeasuredOn = (id: ClaimId) => 'percentile' in thresholds.claims[id];
  const gated = judgeTogether(evidence, thresholds, figures).filter(({ claim }) => figures.gates.includes(claim.id));
  const open = gated.filter(({ judgement }) => judgement.outcome === 'inconclusive').map(({ claim }) => claim.id);
  const openPercentiles = open.filter(isMeasuredOn);
  const others = open.filter((id) => !isMeasuredOn(id));
  const isForTime = planFurtherBlocks({ ...question, leftMs: Number.POSITIVE_INFINITY }) !== null;
  const reason = isForTime
    ? 'what is left of the time has no room for a further block'
    : 'further load would not decide it';
  return [
    openPercentiles.length > 0
      ? `${openPercentiles.join(', ')} undecided, and ${reason}`
      : gated.some(({ claim }) => isMeasuredOn(claim.id))
        ? 'every gated percentile is decided'
        : 'no percentile is gated in this profile',
    ...(others.length === 0 ? [] : [`${others.join(', ')} undecided: only percentiles are measured on`]),
  ].join('; ');
}
