/** LAT-500-BASELINE-OPEN: p99 at the rate of 100 users, as open load. */
import { latencyClaim } from './latency-claim.ts';

export const lat500BaselineOpen = latencyClaim({
  id: 'LAT-500-BASELINE-OPEN',
  promised: 500,
  title: 'p99 below 500 ms at the rate of 100 users, open load',
  failureTitle: 'p99 is not below 500 ms at the rate of 100 users, open load',
  why: 'Users who wait ask for less; open load keeps asking, so it shows the latency that waiting users would hide.',
  source: ['LAT-500', 'RIS-001'],
  experimentId: 'baseline-open',
});
