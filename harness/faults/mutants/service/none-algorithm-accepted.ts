/** Tokens without a signature. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'none-algorithm-accepted',
  layer: 'service',
  title: 'a session token of the algorithm "none" is accepted',
  claim: 'SEC-AUTHN',
  guarantee: 'Claims count only under a signature of ours.',
  seenIn: 'CVE-2015-9235 and its kin in several libraries; RFC 8725, section 2.1.',
  replacements: [
    {
      file: 'session/session-tokens.ts',
      pattern: "alg: z.literal('EdDSA')",
      replacement: "alg: z.enum(['EdDSA', 'none'])",
    },
    {
      file: 'session/session-tokens.ts',
      pattern: 'jwt.verify(token, { key })',
      replacement: "header.alg === 'none' ? jwt.decode(token) : jwt.verify(token, { key })",
    },
  ],
} satisfies Mutant;
