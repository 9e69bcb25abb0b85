/** A policy for UPDATE that lets rows be changed unseen. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-blind-update',
  layer: 'postgres',
  title: 'a policy for UPDATE on users is always true: an update that reads no column changes every tenant’s users',
  claim: 'SEC-ISO',
  guarantee: 'A tenant changes its own rows only, whether or not its statement reads them.',
  seenIn:
    'PostgreSQL documentation, CREATE POLICY, table of policies by command: an UPDATE is bound by the SELECT policies only where it reads columns of the table. Policies per command that are tried with a WHERE clause look right.',
  coveredBy: 'service',
  apply: ['create policy users_may_be_changed on users for update to alphapulse_app using (true) with check (true)'],
  revert: ['drop policy users_may_be_changed on users'],
} satisfies Mutant;
