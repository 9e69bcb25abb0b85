/** The names of all keys. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-lists-keys',
  layer: 'redis',
  title: 'the service’s user of Redis may list keys: SCAN and KEYS name every tenant’s',
  claim: 'SEC-ISO',
  guarantee: 'Nobody but an administrator sees which keys there are.',
  seenIn:
    'Redis documentation, "ACL" and SCAN: key patterns do not bind commands that take no key, so that a user who may call SCAN sees the names of all keys.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '+scan', '+keys']],
  revert: [['ACL', 'SETUSER', 'alphapulse', '-@all', '+ping', '+get', '+mget', '+set', '+incrby', '+expire']],
} satisfies Mutant;
