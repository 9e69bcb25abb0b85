/**
 * Draws comparisons of builds from a recording of identical ones: blocks with replacement, the arms of each block exchanged at random: which
 * of two identical builds is called the candidate is chance. What really varies from block to block stays in it. The pairs of a block are left
 * as they were measured: drawn anew, they would add their noise a second time. An effect is put in by scaling the candidate's latencies.
 */
import { percentile } from '../../harness/statistics/percentile.ts';
import type { RecordedBlock } from './recording.ts';

export type Effect =
  /** Every latency of the candidate, times 1 + share. */
  | { on: 'all'; share: number }
  /** Only those over the 98th percentile of the recording. */
  | { on: 'tail'; share: number };

export interface Redraw {
  recording: readonly RecordedBlock[];
  effect: Effect;
  random: () => number;
}

/** Gives one block after the other, for ever. */
export function redraw({ recording, effect, random }: Redraw): () => RecordedBlock {
  const tailMs = tailOf(recording);
  const factorOf = (ms: number) => (effect.on === 'all' || ms > tailMs ? 1 + effect.share : 1);
  return () => {
    const block = recording[Math.floor(random() * recording.length)];
    if (block === undefined) throw new Error('the recording is empty');
    const drawn = random() < 0.5 ? block : exchanged(block);
    return { ...drawn, candidateMs: drawn.candidateMs.map((ms) => ms * factorOf(ms)) };
  };
}

const tails = new WeakMap<readonly RecordedBlock[], number>();

/** The 98th percentile of single requests, both arms. */
function tailOf(recording: readonly RecordedBlock[]): number {
  const known = tails.get(recording);
  if (known !== undefined) return known;
  const values = recording.flatMap(({ baseMs, candidateMs, endpoint }) =>
    [...baseMs, ...candidateMs].filter((_, index) => endpoint[index % endpoint.length] !== 'burst'),
  );
  const tailMs = percentile(Float64Array.from(values), 0.98) ?? 0;
  tails.set(recording, tailMs);
  return tailMs;
}

function exchanged(block: RecordedBlock): RecordedBlock {
  return {
    ...block,
    baseMs: block.candidateMs,
    candidateMs: block.baseMs,
    candidateFirst: block.candidateFirst.map((first) => 1 - first),
    baseCpuMs: block.candidateCpuMs,
    candidateCpuMs: block.baseCpuMs,
  };
}
