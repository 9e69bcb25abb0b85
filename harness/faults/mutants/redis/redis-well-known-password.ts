/** The password of the example. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-well-known-password',
  layer: 'redis',
  title: 'the default user of Redis is on, with the password that the example in redis.conf has',
  claim: 'SEC-ISO',
  guarantee: 'Redis answers nobody who has not said who he is.',
  seenIn:
    'CWE-1392, use of default credentials: "requirepass foobared" is a commented-out line of the redis.conf that Redis has been delivered with for years; whoever follows the comment and takes the # away has it.',
  coveredBy: 'service',
  mustBeSeenBy: ['redis'],
  apply: [['ACL', 'SETUSER', 'default', 'on', '>foobared', '~tenant:*', '+ping', '+get', '+mget']],
  revert: [['ACL', 'SETUSER', 'default', 'off', 'resetpass', 'resetkeys', '-@all']],
} satisfies Mutant;
