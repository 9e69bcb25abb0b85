/** Changes that another site’s page asks for. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'cross-site-change',
  layer: 'service',
  title: 'a change is made whichever site’s page asks for it: what the browser says of that is passed over',
  claim: 'SEC-AUTHN',
  guarantee: 'A session changes something for the service’s own pages only.',
  seenIn:
    'CWE-352, cross-site request forgery: SameSite=Strict taken for enough, which lets pages of a neighbour on the same domain through (OWASP, Cross-Site Request Forgery Prevention Cheat Sheet).',
  replacements: [{ file: 'http/enforce-access.ts', pattern: 'refuseCrossSite(request);', replacement: '' }],
} satisfies Mutant;
