/** A copy of a table that was made without its policies. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'copied-table',
  layer: 'postgres',
  title: 'a copy of orders, made before a migration, has no policy, and the application may read it',
  claim: 'SEC-ISO',
  guarantee: 'Every table with a tenant_id has row security enabled.',
  seenIn:
    'PostgreSQL documentation, CREATE TABLE AS and LIKE: neither row security nor policies are copied. Supabase database linter 0013_rls_disabled_in_public finds such backup tables.',
  coveredBy: 'service',
  apply: [
    'create table orders_before_migration as table orders',
    'grant select on orders_before_migration to alphapulse_app',
  ],
  revert: ['drop table orders_before_migration'],
} satisfies Mutant;
