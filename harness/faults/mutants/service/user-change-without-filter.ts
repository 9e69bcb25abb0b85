/** Users of any tenant, changed by their id. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'user-change-without-filter',
  layer: 'service',
  arm: 'filter',
  title: 'a user is changed by id alone: an administrator changes those of other tenants',
  claim: 'SEC-ISO',
  guarantee: 'Every change names the tenant itself, beside the policy.',
  seenIn: 'API1:2023, broken object level authorization, on a write; CWE-639.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'queries/users.ts',
      pattern: 'active = coalesce($4, active) where tenant_id = $1 and id = $2',
      replacement: 'active = coalesce($4, active) where $1::uuid is not null and id = $2',
    },
  ],
} satisfies Mutant;
