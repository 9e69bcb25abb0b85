/** An empty password. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-empty-password',
  layer: 'redis',
  title: 'the service’s user of Redis may log in with an empty password, beside its own',
  claim: 'SEC-ISO',
  guarantee: 'Redis answers nobody who has not said who he is.',
  seenIn:
    'CWE-258, empty password in configuration file: a rule ">" made from a variable that was not set. Redis documentation, "ACL": a user may have any number of passwords, and each of them is good.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '>']],
  revert: [['ACL', 'SETUSER', 'alphapulse', '<']],
} satisfies Mutant;
