/** Tokens made for another service. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'audience-ignored',
  layer: 'service',
  title: 'a session token is accepted whichever service it was made for',
  claim: 'SEC-AUTHN',
  guarantee: 'A token counts at the service that it names.',
  seenIn: 'RFC 8725, sections 2.7 and 3.9: cross-JWT confusion, where one issuer signs for several services.',
  replacements: [
    { file: 'session/jwt-options.ts', pattern: 'allowedAud: tokenAudience,', replacement: '' },
    { file: 'session/principal.ts', pattern: 'aud: z.literal(tokenAudience)', replacement: 'aud: z.string()' },
  ],
} satisfies Mutant;
