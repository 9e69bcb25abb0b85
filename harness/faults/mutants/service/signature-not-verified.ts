/** Tokens read, not verified. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'signature-not-verified',
  layer: 'service',
  title: 'the session token is decoded, its signature is not verified',
  claim: 'SEC-AUTHN',
  guarantee: 'Claims count only under a signature of ours.',
  seenIn:
    'CWE-347, improper verification of a cryptographic signature; jsonwebtoken’s readme warns that decode() does not verify, because it is called where verify() was meant.',
  replacements: [
    { file: 'session/session-tokens.ts', pattern: 'jwt.verify(token, { key })', replacement: 'jwt.decode(token)' },
  ],
} satisfies Mutant;
