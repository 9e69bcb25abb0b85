/** LAT-10KT: p99 with 10,000 tenants, under the target load. */
import { latencyClaim } from './latency-claim.ts';

export const lat10KT = latencyClaim({
  id: 'LAT-10KT',
  promised: 400,
  title: 'p99 below 400 ms with 10,000 tenants',
  failureTitle: 'p99 is not below 400 ms with 10,000 tenants',
  why: 'Growth is promised in steps of tenants, each with a limit of its own; measured under the target load.',
  source: ['LAT-10KT', 'RIS-001'],
  experimentId: 'target',
});
