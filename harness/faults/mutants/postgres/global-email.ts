/** An e-mail address that is unique over all tenants. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'global-email',
  layer: 'postgres',
  title: 'an e-mail address is unique over all tenants: whoever adds a user learns who uses the platform',
  claim: 'SEC-ISO',
  guarantee: 'Every unique key begins with the tenant.',
  seenIn:
    'The key of a single-tenant schema (users_email_key, migration 000) that the move to many tenants forgot; PostgreSQL documentation, "Row Security Policies", on covert channels by unique keys.',
  apply: ['create unique index users_email_global on users (email)'],
  revert: ['drop index users_email_global'],
} satisfies Mutant;
