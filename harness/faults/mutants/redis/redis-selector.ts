/** A second set of rules, which opens every key. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'redis-selector',
  layer: 'redis',
  title: 'a selector beside the service’s rules in Redis lets it GET every key',
  claim: 'SEC-ISO',
  guarantee: 'Redis itself refuses the service any key that does not begin with tenant:.',
  seenIn:
    'Redis documentation, "ACL", selectors (since 7.0): a command is allowed when the rules of the user or of any selector allow it. Reviews that read the key patterns alone pass over them.',
  coveredBy: 'service',
  apply: [['ACL', 'SETUSER', 'alphapulse', '(+get ~*)']],
  revert: [['ACL', 'SETUSER', 'alphapulse', 'clearselectors']],
} satisfies Mutant;
