/** LAT-100T: p99 with 100 tenants, under the target load. */
import { latencyClaim } from './latency-claim.ts';

export const lat100T = latencyClaim({
  id: 'LAT-100T',
  promised: 200,
  title: 'p99 below 200 ms with 100 tenants',
  failureTitle: 'p99 is not below 200 ms with 100 tenants',
  why: 'Growth is promised in steps of tenants, each with a limit of its own; measured under the target load.',
  source: ['LAT-100T', 'RIS-001'],
  experimentId: 'target',
});
