/** A login that answers sooner where there is no user. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'login-tells-users-by-time',
  layer: 'service',
  title: 'a login of a user who does not exist is refused without a hash being computed, and so sooner',
  claim: 'SEC-AUTHN',
  guarantee: 'What was wrong with a login is nobody’s business.',
  seenIn:
    'CWE-208, observable timing discrepancy; CVE-2016-6210 told users of OpenSSH apart by the time of a hash, CVE-2024-39329 those of Django.',
  replacements: [
    {
      file: 'routes/register-auth.ts',
      pattern: 'const matches = await passwords.matches(password, user?.active === true ? user.passwordHash : null);',
      replacement: `const matches =
    user !== undefined && (await passwords.matches(password, user.active ? user.passwordHash : null));`,
    },
  ],
} satisfies Mutant;
