/** Tokens of a key that nobody knows. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'unknown-key-accepted',
  layer: 'service',
  title: 'the signature of a session token is verified where its key is known, and the token believed where it is not',
  claim: 'SEC-AUTHN',
  guarantee: 'Claims count only under a signature of ours.',
  seenIn:
    'CWE-347, improper verification of a cryptographic signature; RFC 8725, section 3.10, "Do Not Trust Received Claims": the key id is the sender’s word, and one that finds nothing has to be a refusal.',
  replacements: [
    { file: 'session/session-tokens.ts', pattern: 'if (key === null) return null;', replacement: '' },
    {
      file: 'session/session-tokens.ts',
      pattern: 'jwt.verify(token, { key })',
      replacement: 'key === null ? jwt.decode(token) : jwt.verify(token, { key })',
    },
  ],
} satisfies Mutant;
