/** A tenant for every connection of the application. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'role-default-tenant',
  layer: 'postgres',
  title: 'the role of the application logs in with a tenant already set',
  claim: 'SEC-ISO',
  guarantee: 'A connection that sets no tenant has none.',
  seenIn:
    'PostgreSQL documentation, ALTER ROLE … SET: the defaults of a role hold from login on, and only after a true login (SET ROLE does not take them), so tests that switch roles never meet them.',
  coveredBy: 'service',
  apply: [
    `do $$ begin execute format('alter role alphapulse_app set app.tenant_id = %L',
       (select id from tenants order by slug limit 1)); end $$`,
  ],
  revert: ['alter role alphapulse_app reset app.tenant_id'],
} satisfies Mutant;
