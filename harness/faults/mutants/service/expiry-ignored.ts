/** Tokens that do not end. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'expiry-ignored',
  layer: 'service',
  title: 'a session token is accepted after it has expired',
  claim: 'SEC-AUTHN',
  guarantee: 'A session ends after an hour.',
  seenIn:
    'CWE-613, insufficient session expiration; options such as ignoreExpiration, set in a test or for a clock that was wrong, stay.',
  replacements: [
    {
      file: 'session/session-tokens.ts',
      pattern: 'jwt.verify(token, { key })',
      replacement: 'jwt.verify(token, { key, ignoreExpiration: true })',
    },
  ],
} satisfies Mutant;
