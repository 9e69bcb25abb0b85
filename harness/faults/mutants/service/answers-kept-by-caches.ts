/** Answers that a shared cache may keep. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'answers-kept-by-caches',
  layer: 'service',
  title: 'answers may be kept by every cache for a minute, and for whoever asks: the next tenant gets them there',
  claim: 'SEC-ISO',
  guarantee: 'An answer to a session is kept nowhere, and for nobody but its user.',
  seenIn:
    'RFC 9111, section 7.3: a shared cache gives what it may keep to all its users, and a cookie does not stop it. OWASP Web Security Testing Guide, "Testing for Browser Cache Weaknesses"; CWE-524, CWE-525. Steam, December 2015: pages of accounts from a cache shown to other customers.',
  replacements: [
    {
      file: 'http/security-headers.ts',
      pattern: `    'cache-control': 'no-store',
    // For a cache that keeps answers all the same: one user's is not another's.
    vary: 'cookie',
`,
      replacement: `    'cache-control': 'public, max-age=60',
`,
    },
  ],
} satisfies Mutant;
