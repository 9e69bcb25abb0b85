/** LAT-500-BASELINE: p99 at 100 users with think time. */
import { latencyClaim } from './latency-claim.ts';

export const lat500Baseline = latencyClaim({
  id: 'LAT-500-BASELINE',
  promised: 500,
  title: 'p99 below 500 ms at 100 users',
  failureTitle: 'p99 is not below 500 ms at 100 users',
  why: 'A trader who waits half a second trades on a price that is gone; the approval condition draws the line at 500 ms.',
  source: ['AC-2', 'LAT-500', 'RIS-001', 'DEL-002'],
  experimentId: 'baseline',
});
