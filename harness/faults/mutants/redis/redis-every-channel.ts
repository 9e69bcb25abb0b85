/** Every channel of Redis. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-every-channel',
  layer: 'redis',
  title: 'the service’s user of Redis may publish to and subscribe to every channel',
  claim: 'SEC-ISO',
  guarantee: 'There is no channel by which a message of one tenant reaches another.',
  seenIn:
    'Redis documentation, "ACL": until 7.0 acl-pubsub-default was allchannels, and key patterns do not bind channels.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '&*', '+subscribe', '+psubscribe', '+publish']],
  revert: [
    ['ACL', 'SETUSER', 'alphapulse', 'resetchannels', '-@all', '+ping', '+get', '+mget', '+set', '+incrby', '+expire'],
  ],
} satisfies Mutant;
