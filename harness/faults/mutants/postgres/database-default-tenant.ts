/** A tenant for every connection to the database. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'database-default-tenant',
  layer: 'postgres',
  title: 'the database itself sets a tenant for every new connection',
  claim: 'SEC-ISO',
  guarantee: 'A connection that sets no tenant has none.',
  seenIn:
    'ALTER DATABASE … SET, used to quieten "unrecognized configuration parameter" (SQLSTATE 42704) of current_setting: the usual advice is any default, and a real id is one.',
  coveredBy: 'service',
  apply: [
    `do $$ begin execute format('alter database %I set app.tenant_id = %L', current_database(),
       (select id from tenants order by slug limit 1)); end $$`,
  ],
  revert: [`do $$ begin execute format('alter database %I reset app.tenant_id', current_database()); end $$`],
} satisfies Mutant;
