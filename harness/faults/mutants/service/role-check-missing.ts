/** One route without its role. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'role-check-missing',
  layer: 'service',
  title: 'a viewer may change risk limits',
  claim: 'SEC-AUTHZ',
  guarantee: 'Each route is open to the roles that need it.',
  seenIn:
    'API5:2023, broken function level authorization: one route of many, added later, for which nobody thought of roles.',
  replacements: [
    {
      file: 'access.ts',
      pattern: "'PUT /api/v1/risk/limits/:id': admins",
      replacement: "'PUT /api/v1/risk/limits/:id': everyone",
    },
  ],
} satisfies Mutant;
