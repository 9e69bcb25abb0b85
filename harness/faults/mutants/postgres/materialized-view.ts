/** A materialised view of all tenants. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'materialized-view',
  layer: 'postgres',
  title: 'a materialised view holds the turnover of every tenant, and the application may read it',
  claim: 'SEC-ISO',
  guarantee: 'What is derived from tenants’ rows is protected as they are.',
  seenIn:
    'Row security cannot be enabled on a materialised view (PostgreSQL documentation, ALTER TABLE: tables only). Supabase database linter 0016_materialized_view_in_api.',
  coveredBy: 'service',
  apply: [
    `create materialized view tenant_turnover as
       select tenant_id, count(*) as trades, sum(quantity * price) as turnover from trades group by tenant_id`,
    'grant select on tenant_turnover to alphapulse_app',
  ],
  revert: ['drop materialized view tenant_turnover'],
} satisfies Mutant;
