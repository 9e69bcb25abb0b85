/** LAT-1KT: p99 with 1,000 tenants, under the target load. */
import { latencyClaim } from './latency-claim.ts';

export const lat1KT = latencyClaim({
  id: 'LAT-1KT',
  promised: 300,
  title: 'p99 below 300 ms with 1,000 tenants',
  failureTitle: 'p99 is not below 300 ms with 1,000 tenants',
  why: 'Growth is promised in steps of tenants, each with a limit of its own; measured under the target load.',
  source: ['LAT-1KT', 'RIS-001'],
  experimentId: 'target',
});
