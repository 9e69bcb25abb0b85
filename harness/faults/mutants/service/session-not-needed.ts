/** Requests of nobody, taken for an administrator’s. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'session-not-needed',
  layer: 'service',
  title:
    'a request without a valid session is taken for the administrator’s who was last let in: a convenience of development that stayed',
  claim: 'SEC-AUTHN',
  guarantee: 'Without a valid session nobody gets an answer.',
  seenIn:
    'CWE-306, missing authentication for a critical function, by way of CWE-489, active debug code: the user who is logged in by default while a program is written.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: 'const registered = new Set<string>();',
      replacement: `const registered = new Set<string>();
  const administrator: { principal: ReturnType<SessionTokens['verify']> } = { principal: null };`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'const principal = token === undefined ? null : tokens.verify(token);',
      replacement: 'const principal = (token === undefined ? null : tokens.verify(token)) ?? administrator.principal;',
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'request.principal = principal;',
      replacement: `request.principal = principal;
    if (principal.role === 'admin') administrator.principal = principal;`,
    },
  ],
} satisfies Mutant;
