/** A refusal that takes longer where there is something. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'existence-told-by-time',
  layer: 'service',
  arm: 'filter',
  title:
    'whoever asks for what is another tenant’s is made to wait before the refusal; for what does not exist nobody is',
  claim: 'SEC-ISO',
  guarantee: 'Not yours and not there are answered alike.',
  seenIn:
    'CWE-208, observable timing discrepancy: what is done about a foreign access, such as slowing it down or reporting it, is done before the answer, and so tells that the row is there.',
  coveredBy: 'postgres',
  replacements: [
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
const slowDownMs = 20;
const rowInPath = /[/](portfolios|signals|orders|trades)[/]([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;
const findInAnyTenant = (table: string) =>
  statement<{ id: string }>(\`errors.any-\${table}\`, \`select id from \${table} where id = $1\`);
const finders: Record<string, ReturnType<typeof findInAnyTenant>> = {
  portfolios: findInAnyTenant('portfolios'),
  signals: findInAnyTenant('signals'),
  orders: findInAnyTenant('orders'),
  trades: findInAnyTenant('trades'),
};`,
    },
    {
      file: 'http/handle-errors.ts',
      pattern: 'export function handleErrors(app: FastifyInstance): void {',
      replacement: 'export function handleErrors(app: FastifyInstance, database: Database): void {',
    },
    {
      file: 'http/handle-errors.ts',
      pattern: '((thrown, request, reply) => {\n    const error = toApiError(thrown);',
      replacement: `(async (thrown, request, reply) => {
    const error = toApiError(thrown);
    const [, table = '', id = ''] = (error.code === 'NOT_FOUND' && rowInPath.exec(request.url)) || [];
    const [row] = id === '' ? [] : await database.shared(query(finders[table], id));
    if (row !== undefined) await new Promise((resolve) => setTimeout(resolve, slowDownMs));`,
    },
  ],
} satisfies Mutant;
