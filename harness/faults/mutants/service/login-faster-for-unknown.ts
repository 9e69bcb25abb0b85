/** Users told by the time of a refusal. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'login-faster-for-unknown',
  layer: 'service',
  title: 'no password is hashed where there is no such user: the refusal comes sooner than that of a wrong password',
  claim: 'SEC-AUTHN',
  guarantee: 'A refused login takes as long for nobody as for a user.',
  seenIn:
    'OpenSSH, CVE-2018-15473 and CVE-2016-6210: users were told apart by how long, or how, a login was refused. OWASP, "Authentication Cheat Sheet", on quick exits.',
  replacements: [
    {
      file: 'session/password-checker.ts',
      pattern: 'await hashPassword(password, usualCost);\n          return false;',
      replacement: 'return false;',
    },
  ],
} satisfies Mutant;
