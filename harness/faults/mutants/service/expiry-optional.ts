/** Tokens that say nothing of their end. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'expiry-optional',
  layer: 'service',
  title: 'a session token that has no expiry is accepted, for ever',
  claim: 'SEC-AUTHN',
  guarantee: 'A session ends after an hour.',
  seenIn:
    'RFC 7519, section 4.1.4: the claim exp is optional, and libraries check it only where it is there, unless they are told that it is required. CWE-613, insufficient session expiration.',
  replacements: [
    { file: 'session/jwt-options.ts', pattern: "'exp', ", replacement: '' },
    { file: 'session/principal.ts', pattern: 'exp: z.number(),', replacement: 'exp: z.number().default(Infinity),' },
  ],
} satisfies Mutant;
