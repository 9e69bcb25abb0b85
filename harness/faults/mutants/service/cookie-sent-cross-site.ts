/** A cookie that other sites send. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'cookie-sent-cross-site',
  layer: 'service',
  title: 'the session cookie is SameSite=None: it travels with requests of other sites',
  claim: 'SEC-AUTHN',
  guarantee: 'A session travels with requests of the service’s own pages only.',
  seenIn: 'CWE-1275, sensitive cookie with improper SameSite attribute; CWE-352, cross-site request forgery.',
  replacements: [{ file: 'routes/register-auth.ts', pattern: "sameSite: 'strict'", replacement: "sameSite: 'none'" }],
} satisfies Mutant;
