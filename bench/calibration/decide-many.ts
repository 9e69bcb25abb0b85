/** Has a method decide many comparisons that are drawn from the recording, and counts how it did. */
import { seededRandom } from '../../harness/statistics/seeded-random.ts';
import type { Decision, Method } from './method.ts';
import { type RecordedBlock } from './recording.ts';
import { type Effect, redraw } from './redraw.ts';

export interface Trial {
  recording: readonly RecordedBlock[];
  method: Method;
  effect: Effect;
  decisions: number;
  /** Blocks after which an undecided comparison ends. */
  atMost: number;
  seed: number;
}

export interface Outcome {
  decision: Decision | null;
  /** Blocks and requests until it was decided, or all there were. */
  blocks: number;
  requests: number;
}

/** Of a burst of eight, eight requests to each arm were sent. */
const burstRequests = 8;

export function decideMany({ recording, method, effect, decisions, atMost, seed }: Trial): Outcome[] {
  return Array.from({ length: decisions }, (_, index) => {
    const next = redraw({ recording, effect, random: seededRandom(seed * 100_003 + index) });
    const judge = method.begin();
    let requests = 0;
    for (let blocks = 1; blocks <= atMost; blocks += 1) {
      const block = next();
      requests += requestsOf(block);
      const decision = judge(block);
      if (decision !== null) return { decision, blocks, requests };
    }
    return { decision: null, blocks: atMost, requests };
  });
}

export function requestsOf({ endpoint }: RecordedBlock): number {
  return endpoint.reduce((total, one) => total + 2 * (one === 'burst' ? burstRequests : 1), 0);
}
