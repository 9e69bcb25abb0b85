/** Methods that nobody declared. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'undeclared-methods',
  layer: 'service',
  title: 'wherever GET is declared HEAD is answered too, with the rights of GET',
  claim: 'SEC-ISO',
  guarantee: 'A route answers the methods that are declared, and no others.',
  seenIn:
    'Fastify’s documentation, exposeHeadRoutes: true unless it is switched off. CWE-650, trusting HTTP permission methods on the server side: rules are written for the methods that one has in mind.',
  replacements: [
    { file: 'app.ts', pattern: 'exposeHeadRoutes: false', replacement: 'exposeHeadRoutes: true' },
    {
      file: 'http/enforce-access.ts',
      pattern: 'const access = routeAccess[name];',
      replacement: "const access = routeAccess[name.replace('HEAD', 'GET')];",
    },
    {
      file: 'http/enforce-access.ts',
      pattern: '.filter((name) => !registered.has(name));',
      replacement: ".filter((name) => !registered.has(name.replace('HEAD', 'GET')));",
    },
  ],
} satisfies Mutant;
