/** A prefix of keys without its separator. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-prefix-without-separator',
  layer: 'redis',
  title:
    'the service’s keys in Redis begin with "tenant", without the colon: those of a neighbour such as "tenants:" do too',
  claim: 'SEC-ISO',
  guarantee: 'Redis itself refuses the service any key that does not begin with tenant:.',
  seenIn:
    'CWE-625, permissive regular expression, in its plainest form: a prefix that ends before the separator. Redis documentation, "ACL": key patterns are globs over the whole name.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', 'resetkeys', '~tenant*']],
  revert: [['ACL', 'SETUSER', 'alphapulse', 'resetkeys', '~tenant:*']],
} satisfies Mutant;
