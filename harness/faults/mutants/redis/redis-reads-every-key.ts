/** Every key of Redis for the service, to read. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-reads-every-key',
  layer: 'redis',
  title: 'the service’s user of Redis may read every key',
  claim: 'SEC-ISO',
  guarantee: 'Redis itself refuses the service any key that does not begin with tenant:.',
  seenIn:
    'Redis documentation, "ACL", key permissions (since 7.0): %R~* gives all keys to read. Access that is only for reading is easily taken for harmless.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '%R~*']],
  revert: [['ACL', 'SETUSER', 'alphapulse', 'resetkeys', '~tenant:*']],
} satisfies Mutant;
