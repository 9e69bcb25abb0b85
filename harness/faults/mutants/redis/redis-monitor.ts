/** All commands of everybody, as they are sent. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-monitor',
  layer: 'redis',
  title: 'the service’s user of Redis may MONITOR: it sees every command of every client',
  claim: 'SEC-ISO',
  guarantee: 'Redis lets the service call the few commands that it needs.',
  seenIn:
    'Redis documentation, MONITOR: streams back every command that the server processes, for debugging; it is in the category @dangerous for that.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '+monitor']],
  revert: [['ACL', 'SETUSER', 'alphapulse', '-@all', '+ping', '+get', '+mget', '+set', '+incrby', '+expire']],
} satisfies Mutant;
