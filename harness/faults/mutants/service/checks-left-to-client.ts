/** Checks that are left to the browser. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'checks-left-to-client',
  layer: 'service',
  title:
    'what changes something is open to every role, whose pages show no button for it, and to pages of other sites: the browser is to hold them back',
  claim: 'SEC-AUTHZ',
  guarantee: 'Each route is open to the roles that need it, and to requests of the service’s own pages.',
  seenIn:
    'CWE-602, client-side enforcement of server-side security, and API5:2023, broken function level authorization: what a page does not offer is taken for what nobody can ask for. CWE-352, cross-site request forgery: SameSite=Strict taken for enough, which lets pages of a neighbour on the same domain through.',
  replacements: [
    { file: 'http/enforce-access.ts', pattern: 'refuseCrossSite(request);', replacement: '' },
    {
      file: 'http/enforce-access.ts',
      pattern: 'if (!access.includes(principal.role))',
      replacement: "if (request.method === 'GET' && !access.includes(principal.role))",
    },
  ],
} satisfies Mutant;
