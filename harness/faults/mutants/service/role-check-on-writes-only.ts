/** Roles checked where something changes, not where it is read. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'role-check-on-writes-only',
  layer: 'service',
  title: 'roles are checked for requests that change something: anybody reads users and the audit log',
  claim: 'SEC-AUTHZ',
  guarantee: 'Each route is open to the roles that need it.',
  seenIn:
    'API5:2023, broken function level authorization; CWE-650, trusting HTTP methods: rules made for the methods that write, with reading left out as harmless.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: 'if (!access.includes(principal.role))',
      replacement: "if (request.method !== 'GET' && !access.includes(principal.role))",
    },
  ],
} satisfies Mutant;
