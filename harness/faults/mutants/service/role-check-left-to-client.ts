/** Roles checked where something is read, not where it is changed. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'role-check-left-to-client',
  layer: 'service',
  title: 'roles are checked for what is read; what changes something is open to every role, whose pages show no button for it',
  claim: 'SEC-AUTHZ',
  guarantee: 'Each route is open to the roles that need it.',
  seenIn:
    'CWE-602, client-side enforcement of server-side security, and API5:2023, broken function level authorization: what a page does not offer is taken for what nobody can ask for.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: 'if (!access.includes(principal.role))',
      replacement: "if (request.method === 'GET' && !access.includes(principal.role))",
    },
  ],
} satisfies Mutant;
