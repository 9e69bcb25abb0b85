/** A cookie for every host of the domain. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'cookie-for-the-domain',
  layer: 'service',
  title: 'the session cookie is set for the whole domain: every host below it is sent the sessions, and may set one',
  claim: 'SEC-AUTHN',
  guarantee: 'A session travels to the host that gave it, and to no other.',
  seenIn:
    'RFC 6265, sections 4.1.2.3 and 8.6: a cookie with a domain goes to all hosts below it, and any of them can overwrite it, which is how session fixation begins. CWE-384 and CWE-668.',
  replacements: [
    {
      file: 'routes/register-auth.ts',
      pattern: "const cookie = { path: '/',",
      replacement: "const cookie = { domain: 'service.example', path: '/',",
    },
  ],
} satisfies Mutant;
