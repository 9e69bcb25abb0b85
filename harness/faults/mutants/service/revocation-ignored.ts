/** Sessions that go on after logout. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'revocation-ignored',
  layer: 'service',
  title: 'a session that was logged out is accepted until its token expires',
  claim: 'SEC-AUTHN',
  guarantee: 'Logging out ends the session.',
  seenIn:
    'CWE-613; OWASP Application Security Verification Standard, session termination: a token that verifies by itself needs a list of those that were revoked, and a look at it.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: 'principal === null || (await revocations.isRevoked(principal))',
      replacement: 'principal === null',
    },
  ],
} satisfies Mutant;
