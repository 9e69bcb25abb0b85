/** Any password. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-no-password',
  layer: 'redis',
  title: 'the service’s user of Redis needs no password: any is good',
  claim: 'SEC-ISO',
  guarantee: 'Redis answers nobody who has not said who he is.',
  seenIn:
    'Redis documentation, "ACL": nopass makes every password good for that user. CWE-306, missing authentication for a critical function; the rule that a first set-up is made to work with.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', 'nopass']],
  // Nobody but the file of users has the password.
  revert: [['ACL', 'LOAD']],
} satisfies Mutant;
