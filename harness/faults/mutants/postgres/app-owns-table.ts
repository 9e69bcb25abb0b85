/** A table of the application itself, forced for now. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'app-owns-table',
  layer: 'postgres',
  title: 'the application owns strategies: it can switch its row security off',
  claim: 'SEC-ISO',
  guarantee: 'The application owns nothing, so that it cannot change the rules that bind it.',
  seenIn:
    'PostgreSQL documentation, "Row Security Policies": enabling and disabling row security is a privilege of the table’s owner. Migrations that run as the application’s own user make it the owner.',
  coveredBy: 'service',
  apply: ['alter table strategies owner to alphapulse_app'],
  revert: ['alter table strategies owner to alphapulse_owner', 'grant select on strategies to alphapulse_app'],
} satisfies Mutant;
