/** A table of the application itself, without FORCE. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'owner-not-forced',
  layer: 'postgres',
  title: 'the application owns signals, and row security is not forced on the owner',
  claim: 'SEC-ISO',
  guarantee: 'Row security is forced, and the application owns nothing.',
  seenIn:
    'PostgreSQL documentation, "Row Security Policies": table owners normally bypass row security. Migrations that run as the application’s own user make it the owner.',
  coveredBy: 'service',
  apply: ['alter table signals owner to alphapulse_app', 'alter table signals no force row level security'],
  revert: [
    'alter table signals owner to alphapulse_owner',
    'alter table signals force row level security',
    'grant select on signals to alphapulse_app',
  ],
} satisfies Mutant;
