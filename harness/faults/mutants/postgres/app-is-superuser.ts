/** The application as superuser. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'app-is-superuser',
  layer: 'postgres',
  title: 'the role of the application is a superuser',
  claim: 'SEC-ISO',
  guarantee: 'The role of the application is no superuser.',
  seenIn:
    'PostgreSQL documentation, "Row Security Policies": superusers always bypass row security. POSTGRES_USER of the official image is a superuser, and many services connect as it.',
  coveredBy: 'service',
  apply: ['alter role alphapulse_app superuser'],
  revert: ['alter role alphapulse_app nosuperuser'],
} satisfies Mutant;
