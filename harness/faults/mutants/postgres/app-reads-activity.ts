/** The statements of all sessions, readable. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'app-reads-activity',
  layer: 'postgres',
  title: 'the application may read the statements of every other session',
  claim: 'SEC-ISO',
  guarantee: 'A session sees no other’s statements: they carry tenants’ data.',
  seenIn:
    'PostgreSQL documentation, "Predefined Roles": pg_read_all_stats shows the queries of all users in pg_stat_activity and pg_stat_statements; given to services for a dashboard.',
  coveredBy: 'service',
  apply: ['grant pg_read_all_stats to alphapulse_app with inherit true'],
  revert: ['revoke pg_read_all_stats from alphapulse_app'],
} satisfies Mutant;
