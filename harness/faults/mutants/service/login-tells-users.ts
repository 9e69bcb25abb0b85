/** A login that says who is a user. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'login-tells-users',
  layer: 'service',
  title: 'a refused login says whether the user exists',
  claim: 'SEC-AUTHN',
  guarantee: 'What was wrong with a login is nobody’s business.',
  seenIn:
    'CWE-204, observable response discrepancy; CVE-2018-15473 told users of OpenSSH apart; OWASP, Authentication Cheat Sheet, on the same message for all.',
  replacements: [
    {
      file: 'routes/register-auth.ts',
      pattern: "throw new ApiError('INVALID_CREDENTIALS');",
      replacement: `throw user === undefined
    ? new ApiError('INVALID_CREDENTIALS', { message: 'There is no such user.' })
    : new ApiError('INVALID_CREDENTIALS');`,
    },
  ],
} satisfies Mutant;
