/** A public key taken for a secret. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'key-confusion',
  layer: 'service',
  title: 'a session token signed by HS256 is accepted, with the public key as its secret',
  claim: 'SEC-AUTHN',
  guarantee: 'The algorithm is the service’s choice, not the token’s.',
  seenIn: 'CVE-2016-10555 (jwt-simple) and CVE-2016-5431; RFC 8725, sections 2.1 and 3.1.',
  replacements: [
    {
      file: 'session/session-tokens.ts',
      pattern: "import { randomUUID } from 'node:crypto';",
      replacement: "import { createHmac, randomUUID } from 'node:crypto';",
    },
    {
      file: 'session/session-tokens.ts',
      pattern: "alg: z.literal('EdDSA')",
      replacement: "alg: z.enum(['EdDSA', 'HS256'])",
    },
    {
      file: 'session/session-tokens.ts',
      pattern: 'jwt.verify(token, { key })',
      replacement: `header.alg === 'HS256' &&
        createHmac('sha256', key).update(token.slice(0, token.lastIndexOf('.'))).digest('base64url') === token.split('.')[2]
        ? jwt.decode(token)
        : jwt.verify(token, { key })`,
    },
  ],
} satisfies Mutant;
