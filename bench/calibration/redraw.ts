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
  /** Only those over the 95th percentile of their block: its p99 is longer by the share. */
  | { on: 'tail'; share: number };

export interface Redraw {
  recording: readonly RecordedBlock[];
  effect: Effect;
  random: () => number;
}

/** Gives one block after the other, for ever. */
export function redraw({ recording, effect, random }: Redraw): () => RecordedBlock {
  return () => {
    const block = recording[Math.floor(random() * recording.length)];
    if (block === undefined) throw new Error('the recording is empty');
    const overMs = effect.on === 'all' ? 0 : tailOf(block);
    const drawn = random() < 0.5 ? block : exchanged(block);
    return { ...drawn, candidateMs: drawn.candidateMs.map((ms) => (ms > overMs ? ms * (1 + effect.share) : ms)) };
  };
}

const tails = new WeakMap<RecordedBlock, number>();

/** The 95th percentile of single requests, both arms. */
function tailOf(block: RecordedBlock): number {
  const known = tails.get(block);
  if (known !== undefined) return known;
  const { baseMs, candidateMs, endpoint } = block;
  const isSingle = (_: number, index: number) => endpoint[index % endpoint.length] !== 'burst';
  const tailMs = percentile(Float64Array.from([...baseMs, ...candidateMs].filter(isSingle)), 0.95) ?? 0;
  tails.set(block, tailMs);
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
