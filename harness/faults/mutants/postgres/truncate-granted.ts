/** The right to empty a table. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'truncate-granted',
  layer: 'postgres',
  title: 'the application may TRUNCATE trades: no policy binds that',
  claim: 'SEC-ISO',
  guarantee: 'The application has no right that ignores row security.',
  seenIn:
    'PostgreSQL documentation, "Row Security Policies": operations on the whole table, such as TRUNCATE and REFERENCES, are not subject to row security. GRANT ALL includes both.',
  coveredBy: 'service',
  apply: ['grant truncate on trades to alphapulse_app'],
  revert: ['revoke truncate on trades from alphapulse_app'],
} satisfies Mutant;
