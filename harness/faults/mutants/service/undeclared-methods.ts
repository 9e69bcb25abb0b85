/** Methods that nobody declared. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'undeclared-methods',
  layer: 'service',
  arm: 'filter',
  title:
    'HEAD is answered wherever GET is declared, and other methods with 405 where the id is of anything, with 404 where it is of nothing',
  claim: 'SEC-ISO',
  guarantee: 'A route answers the methods that are declared, and no others.',
  seenIn:
    'Fastify’s documentation, exposeHeadRoutes: true unless it is switched off. CWE-650, trusting HTTP permission methods on the server side: rules are written for the methods that one has in mind. CWE-204: whether there is something is looked up for RFC 9110’s 405 without asking who wants to know.',
  coveredBy: 'postgres',
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
    { file: 'app.ts', pattern: 'handleErrors(app);', replacement: 'handleErrors(app, services.database);' },
    {
      file: 'http/handle-errors.ts',
      pattern: "import pg from 'pg';",
      replacement: `import pg from 'pg';
import type { Database } from '../database/database.ts';
import { query, statement } from '../database/statement.ts';`,
    },
    {
      file: 'http/handle-errors.ts',
      pattern: 'const longestMessage = 500;',
      replacement: `const longestMessage = 500;
const idInPath = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const tables = ['portfolios', 'signals', 'orders', 'trades', 'risk_limits', 'users'];
const anything = statement<{ id: string }>(
  'errors.anything',
  tables.map((table) => \`select id from \${table} where id = $1\`).join(' union all '),
);`,
    },
    {
      file: 'http/handle-errors.ts',
      pattern: 'export function handleErrors(app: FastifyInstance): void {',
      replacement: 'export function handleErrors(app: FastifyInstance, database: Database): void {',
    },
    {
      file: 'http/handle-errors.ts',
      pattern: "app.setNotFoundHandler((_request, reply) => {\n    const error = new ApiError('NOT_FOUND');",
      replacement: `app.setNotFoundHandler(async (request, reply) => {
    const id = idInPath.exec(request.url)?.[0];
    const [thing] = id === undefined ? [] : await database.shared(query(anything, id));
    const error = new ApiError('NOT_FOUND');
    if (thing !== undefined) return reply.status(405).send(errorBody(error, reply.request.id));`,
    },
  ],
} satisfies Mutant;
