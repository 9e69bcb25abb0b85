/** The application as a member of the role that owns the schema. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'app-inherits-owner',
  layer: 'postgres',
  title: 'the application is a member of the owner of all tables, with its rights',
  claim: 'SEC-ISO',
  guarantee: 'The application is a member of no role that may do more than itself.',
  seenIn:
    'PostgreSQL documentation, "Role Membership": members with INHERIT use the privileges of the group without SET ROLE. Granted so that a service may migrate its schema at its start.',
  coveredBy: 'service',
  apply: ['grant alphapulse_owner to alphapulse_app with inherit true'],
  revert: ['revoke alphapulse_owner from alphapulse_app'],
} satisfies Mutant;
