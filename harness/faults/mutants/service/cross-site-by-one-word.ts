/** One of the ways in which a browser says where a request comes from. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'cross-site-by-one-word',
  layer: 'service',
  title:
    'only what the browser calls cross-site is refused: neighbours on the domain and older browsers are let through',
  claim: 'SEC-AUTHN',
  guarantee: 'A request that changes something comes from the service’s own pages, or from no browser.',
  seenIn:
    'CWE-352, cross-site request forgery: pages of a neighbouring host on the same domain are same-site, and browsers before 2023 that say only Origin are still in use (Go’s http.CrossOriginProtection looks at both for that reason).',
  replacements: [
    {
      file: 'http/cross-site-guard.ts',
      pattern: "if (site !== undefined) throw new ApiError('CROSS_SITE');",
      replacement:
        "if (site === 'cross-site') throw new ApiError('CROSS_SITE');\n    if (site !== undefined || headers.origin !== undefined) return;",
    },
  ],
} satisfies Mutant;
