/** The right to make temporary tables, which every role has by default. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'temporary-objects-granted',
  layer: 'postgres',
  title:
    'the application may make temporary tables: one named orders, left on a pooled connection, takes in the next tenants’ orders',
  claim: 'SEC-ISO',
  guarantee: 'No tenant’s statement leaves anything on a connection that others use after it.',
  seenIn:
    'CVE-2018-1058 and PostgreSQL documentation, search_path: the schema of temporary tables is searched first, and PUBLIC may make them by default; PgBouncer’s documentation names temporary tables among what transaction pooling does not clean up.',
  coveredBy: 'service',
  apply: [`do $$ begin execute format('grant temporary on database %I to alphapulse_app', current_database()); end $$`],
  revert: [
    `do $$ begin execute format('revoke temporary on database %I from alphapulse_app', current_database()); end $$`,
  ],
} satisfies Mutant;
