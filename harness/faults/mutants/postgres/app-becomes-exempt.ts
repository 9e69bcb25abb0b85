/** The application may become the role that policies do not bind. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'app-becomes-exempt',
  layer: 'postgres',
  title: 'the application may SET ROLE to the role that is exempt from row security',
  claim: 'SEC-ISO',
  guarantee: 'The application can become no role that bypasses row security.',
  seenIn:
    'PostgreSQL documentation, "Role Membership": BYPASSRLS is not inherited, but a member gets it with SET ROLE. A SQL injection is then all it takes.',
  coveredBy: 'service',
  apply: ['grant alphapulse_exempt to alphapulse_app with inherit false, set true'],
  revert: ['revoke alphapulse_exempt from alphapulse_app'],
} satisfies Mutant;
