/** A cookie that scripts can read. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'cookie-readable-by-script',
  layer: 'service',
  title: 'the session cookie lacks HttpOnly',
  claim: 'SEC-AUTHN',
  guarantee: 'No script of a page can read a session.',
  seenIn: 'CWE-1004, sensitive cookie without the HttpOnly flag; OWASP, Session Management Cheat Sheet.',
  replacements: [{ file: 'routes/register-auth.ts', pattern: 'httpOnly: true', replacement: 'httpOnly: false' }],
} satisfies Mutant;
