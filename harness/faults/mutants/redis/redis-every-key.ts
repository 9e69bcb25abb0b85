/** Every key of Redis for the service. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-every-key',
  layer: 'redis',
  title: 'the service’s user of Redis may use every key, not only those of tenants',
  claim: 'SEC-ISO',
  guarantee: 'Redis itself refuses the service any key that does not begin with tenant:.',
  seenIn:
    'Redis documentation, "ACL": ~* (allkeys) is what most examples give a new user. Several applications on one Redis then read each other.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '~*']],
  revert: [['ACL', 'SETUSER', 'alphapulse', 'resetkeys', '~tenant:*']],
} satisfies Mutant;
