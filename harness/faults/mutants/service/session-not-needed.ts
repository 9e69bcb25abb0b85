/** Requests of nobody, taken for somebody’s. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'session-not-needed',
  layer: 'service',
  title:
    'a request without a valid session is taken for that of whoever was last let in with a role that the route admits: a convenience of development that stayed',
  claim: 'SEC-AUTHN',
  guarantee: 'Without a valid session nobody gets an answer.',
  seenIn:
    'CWE-306, missing authentication for a critical function, by way of CWE-489, active debug code: the user who is logged in by default while a program is written.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: 'const registered = new Set<string>();',
      replacement: `const registered = new Set<string>();
  const lastOf = new Map<string, NonNullable<ReturnType<SessionTokens['verify']>>>();`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'const principal = token === undefined ? null : tokens.verify(token);',
      replacement: `const somebody = access.map((role) => lastOf.get(role)).find((last) => last !== undefined);
    const principal = (token === undefined ? null : tokens.verify(token)) ?? somebody ?? null;`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'request.principal = principal;',
      replacement: `request.principal = principal;
    lastOf.set(principal.role, principal);`,
    },
  ],
} satisfies Mutant;
