/** How many more samples would decide on which side of a limit a quantile lies, if they came as the present ones do. */
import { firstInteger } from './first-integer.ts';
import { boundsFromAbove, boundsFromBelow } from './quantile-ranks.ts';

export interface UndecidedQuantile {
  samples: number;
  /** How many of them lie below the limit. */
  belowLimit: number;
  effectiveSamples: number;
  level: number;
  confidence: number;
  /** Effective samples without which the quantile is never called below the limit. */
  minimumEffectiveSamples: number;
}

/** Beyond this the estimate lies on the limit for every practical purpose. */
const mostSamples = 1e9;

/**
 * Further samples beside those there are: 0 where they decide already, null where no reasonable number would.
 * The share below the limit and the worth of a sample are taken to stay as they are.
 */
export function samplesToDecide(question: UndecidedQuantile): number | null {
  const { samples, belowLimit, effectiveSamples, level, confidence, minimumEffectiveSamples } = question;
  if (samples === 0 || !(effectiveSamples > 0)) return null;
  const shareBelow = belowLimit / samples;
  const worth = Math.min(1, effectiveSamples / samples);
  const decides = (total: number) => {
    const scaled = { samples: total, effectiveSamples: total * worth, level, confidence };
    const below = shareBelow * total;
    if (shareBelow > level) return scaled.effectiveSamples >= minimumEffectiveSamples && boundsFromAbove(scaled, below);
    return boundsFromBelow(scaled, below + 1);
  };
  const total = firstInteger(samples, mostSamples, decides);
  return total === null ? null : total - samples;
}
