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
  mustBeSeenBy: ['sql', 'api'],
  apply: [
    // Without the addresses that several tenants have already, as whoever is in a hurry makes it.
    `do $$ declare doubles text; begin
       select coalesce(string_agg(quote_literal(email), ', '), '''none''') into doubles
         from (select email from users group by email having count(*) > 1) taken;
       execute format('create unique index users_email_global on users (email) where email not in (%s)', doubles);
     end $$`,
  ],
  revert: ['drop index users_email_global'],
} satisfies Mutant;
