/** Every command on every key and channel, for the service. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-every-right',
  layer: 'redis',
  title: 'the service’s user of Redis has the rights of the default user: every command, every key, every channel',
  claim: 'SEC-ISO',
  guarantee: 'Redis itself refuses the service any key that does not begin with tenant:, and most commands.',
  seenIn:
    'Redis documentation, "ACL": the default user is on, ~* &* +@all; applications that connect without a user of their own have these rights. CWE-250, execution with unnecessary privileges.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '~*', '&*', '+@all']],
  revert: [
    [
      ...['ACL', 'SETUSER', 'alphapulse', 'resetkeys', 'resetchannels', '~tenant:*'],
      ...['-@all', '+ping', '+get', '+mget', '+set', '+incrby', '+expire'],
    ],
  ],
} satisfies Mutant;
