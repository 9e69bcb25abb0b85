/** Every command of Redis for the service. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-every-command',
  layer: 'redis',
  title: 'the service’s user of Redis may call every command, those of administrators too',
  claim: 'SEC-ISO',
  guarantee: 'Redis lets the service call the few commands that it needs.',
  seenIn:
    'Redis documentation, "Security": commands such as CONFIG and FLUSHALL are to be kept from applications; +@all is what a user gets who is made in haste.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '+@all']],
  revert: [['ACL', 'SETUSER', 'alphapulse', '-@all', '+ping', '+get', '+mget', '+set', '+incrby', '+expire']],
} satisfies Mutant;
