/** Tokens of which only the signature counts, where its key is known. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'token-claims-ignored',
  layer: 'service',
  title:
    'of a session token nothing but the signature is verified, and that only where its key is known: any issuer will do, and an expiry is not needed',
  claim: 'SEC-AUTHN',
  guarantee: 'A token counts under a key of ours, from the issuer that it names, and until it ends.',
  seenIn:
    'RFC 8725, sections 3.8 and 3.10, on issuers and on claims that are the sender’s word, such as the key id; RFC 7519, section 4.1.4: exp is optional, and libraries pass over it where it is not there. CWE-347 and CWE-613.',
  replacements: [
    { file: 'session/jwt-options.ts', pattern: 'allowedIss: tokenIssuer,', replacement: '' },
    { file: 'session/jwt-options.ts', pattern: "'exp', ", replacement: '' },
    { file: 'session/principal.ts', pattern: 'iss: z.literal(tokenIssuer)', replacement: 'iss: z.string()' },
    { file: 'session/principal.ts', pattern: 'exp: z.number(),', replacement: 'exp: z.number().default(Infinity),' },
    { file: 'session/session-tokens.ts', pattern: 'if (key === null) return null;', replacement: '' },
    {
      file: 'session/session-tokens.ts',
      pattern: 'jwt.verify(token, { key })',
      replacement: 'key === null ? jwt.decode(token) : jwt.verify(token, { key })',
    },
  ],
} satisfies Mutant;
