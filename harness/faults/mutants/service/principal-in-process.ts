/** Who is asking, in a variable of the process. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'principal-in-process',
  layer: 'service',
  title: 'the principal is kept in one variable of the process: requests at once are answered as one another',
  claim: 'SEC-ISO',
  guarantee: 'What belongs to a request is kept with it.',
  seenIn:
    'CWE-488, exposure of a data element to the wrong session, whose example is a field of a servlet that all requests share; CWE-567.',
  replacements: [
    {
      file: 'session/principal.ts',
      pattern: 'export function principalOf(request: FastifyRequest): Principal {',
      replacement: `const latest: { principal: Principal | null } = { principal: null };

export function rememberPrincipal(principal: Principal): void {
  latest.principal = principal;
}

export function principalOf(request: FastifyRequest): Principal {
  if (request.principal !== null && latest.principal !== null) return latest.principal;`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: "import type { Revocations } from '../session/revocations.ts';",
      replacement: `import { rememberPrincipal } from '../session/principal.ts';
import type { Revocations } from '../session/revocations.ts';`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'request.principal = principal;',
      replacement: 'request.principal = principal;\n    rememberPrincipal(principal);',
    },
  ],
} satisfies Mutant;
