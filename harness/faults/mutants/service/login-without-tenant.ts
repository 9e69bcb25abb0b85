/** A login that finds users of any tenant. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'login-without-tenant',
  layer: 'service',
  arm: 'filter',
  title: 'at login a user is found by e-mail address alone, whichever tenant was named',
  claim: 'SEC-AUTHN',
  guarantee: 'A user logs in to the tenant that he belongs to.',
  seenIn:
    'The lookup of a single-tenant schema, where an address is unique, left as it was in the move to many; CWE-287, improper authentication.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'queries/users.ts',
      pattern: 'from users where tenant_id = $1 and email = $2`',
      replacement: 'from users where $1::uuid is not null and email = $2`',
    },
  ],
} satisfies Mutant;
