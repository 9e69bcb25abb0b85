/**
 * The compare profile: two builds of the service, live, in blocks of 1 s of warm-up and 5 s that are measured.
 *
 * Short blocks, so that processes restart and arms change slots often: what one start of a process or one slot does to
 * latency is the same for a whole block, and only more blocks tell it from what the build does. Six are the fewest that
 * a comparison of arms is judged by; further ones are asked for one by one until every claim is decided.
 */
import type { Profile } from '../model/experiment.ts';
import { experimentOf } from './experiment-of.ts';

const fewestBlocks = 6;

export interface ComparisonExtent {
  tenants: number;
  /** Of every draw of the load: one of its own for each comparison, or what a draw does to a figure would be the same in all of them. */
  seed?: number;
  blocks?: number;
  /** Claims that are shown only, because the builds cannot tell what decides them. */
  untold?: readonly string[];
}

export function compareProfile({ tenants, blocks = fewestBlocks, untold = [], ...draws }: ComparisonExtent): Profile {
  return {
    id: 'compare',
    title: `Compare: two builds of the service side by side, ${tenants} ${tenants === 1 ? 'tenant' : 'tenants'}`,
    tenants,
    experiments: [experimentOf('compare', { blocks, warmUpMs: 1_000, durationMs: 5_000, ...draws })],
    gates: [
      'CMP-MEDIAN',
      'CMP-ENDPOINT',
      'CMP-TAIL',
      'CMP-TENANT',
      'CMP-CPU',
      'CMP-ALLOCATION',
      'CMP-BYTES',
      'CMP-STATEMENTS',
      'CMP-ROWS',
      'CMP-ERRORS',
      'CMP-CONNECTIONS',
    ].filter((id) => !untold.includes(id)),
  };
}
