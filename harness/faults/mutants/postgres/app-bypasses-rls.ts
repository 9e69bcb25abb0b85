/** The application with BYPASSRLS. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'app-bypasses-rls',
  layer: 'postgres',
  title: 'the role of the application has BYPASSRLS',
  claim: 'SEC-ISO',
  guarantee: 'The role of the application is bound by row security.',
  seenIn:
    'PostgreSQL documentation, CREATE ROLE: BYPASSRLS ignores every policy. The service_role key of Supabase in place of the anonymous one is the same mistake.',
  coveredBy: 'service',
  mustBeSeenBy: ['sql', 'pool'],
  apply: ['alter role alphapulse_app bypassrls'],
  revert: ['alter role alphapulse_app nobypassrls'],
} satisfies Mutant;
