/** Redis for whoever connects. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-anonymous',
  layer: 'redis',
  title: 'the default user of Redis is on, without a password, and may read what tenants have cached',
  claim: 'SEC-ISO',
  guarantee: 'Redis answers nobody who has not said who he is.',
  seenIn:
    'The default of Redis itself; its documentation, "Security", warns of it, and instances that anyone can reach have been found by the ten thousand since 2015 (the "crackit" attacks).',
  apply: [['ACL', 'SETUSER', 'default', 'on', 'nopass', '~tenant:*', '+ping', '+get', '+mget']],
  revert: [['ACL', 'SETUSER', 'default', 'off', 'resetpass', 'resetkeys', '-@all']],
} satisfies Mutant;
