/** Any password for a user who exists. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'password-not-checked',
  layer: 'service',
  title: 'whoever names a user who exists is logged in, whatever the password',
  claim: 'SEC-AUTHN',
  guarantee: 'A session is given for the right password only.',
  seenIn:
    'CWE-287, improper authentication: a comparison whose result is not used. In CVE-2012-2122 MySQL took a wrong password about once in 256 attempts.',
  replacements: [
    {
      file: 'routes/register-auth.ts',
      pattern: 'if (matches && user !== undefined)',
      replacement: 'if ((matches || user !== undefined) && user !== undefined)',
    },
  ],
} satisfies Mutant;
