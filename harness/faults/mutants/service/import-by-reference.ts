/** A way in for other forms of an order, which believes what the order refers to. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'import-by-reference',
  layer: 'service',
  arm: 'filter',
  title: 'an order in any form but JSON is taken for an import, and booked for the tenant whose portfolio it names',
  claim: 'SEC-ISO',
  guarantee: 'A body is read in one way, and nothing in it says for which tenant it counts.',
  seenIn:
    'CWE-639, authorization bypass through a user-controlled key, by way of CWE-436, interpretation conflict: importers and webhooks that were made for partners and take the owner from the object that is named. API1:2023, broken object level authorization.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'app.ts',
      pattern: 'void parse(request, body.toString(), done);\n  });',
      replacement: `void parse(request, body.toString(), done);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    const given = headers['content-type'] ?? 'application/json';
    if (given !== 'application/json') headers['x-imported-as'] = given;
    headers['content-type'] = 'application/json';
    done();
  });
  app.addHook('preParsing', async (request, _reply, payload) => {
    const form = Object.keys(formReaders).find((type) => request.headers['x-imported-as']?.includes(type));
    if (form === undefined) return payload;
    const chunks: Buffer[] = [];
    for await (const chunk of payload) chunks.push(Buffer.from(chunk));
    const fields = Object.fromEntries(formReaders[form](Buffer.concat(chunks).toString()));
    delete request.headers['content-length'];
    return Readable.from([JSON.stringify({ ...fields, instrumentId: Number(fields['instrumentId']) })]);
  });`,
    },
    {
      file: 'app.ts',
      pattern: 'const requestTimeoutMs = 30_000;',
      replacement: `const requestTimeoutMs = 30_000;
const pairsOf = (form: RegExp) => (text: string) =>
  [...text.matchAll(form)].map(([, name, value]) => [name, value] as const);
const formReaders: Record<string, (text: string) => Iterable<readonly [string, string]>> = {
  urlencoded: (text) => new URLSearchParams(text),
  multipart: pairsOf(/name="([^"]+)"[^]*?[\\r][\\n][\\r][\\n]([^\\r]*)/g),
  xml: pairsOf(/<([a-zA-Z]+)>([^<]+)(?=<)/g),
};`,
    },
    {
      file: 'app.ts',
      pattern: "import { randomUUID } from 'node:crypto';",
      replacement: "import { randomUUID } from 'node:crypto';\nimport { Readable } from 'node:stream';",
    },
    {
      file: 'routes/register-order-placement.ts',
      pattern: "import { violatedConstraint } from '../database/database-failure.ts';",
      replacement: `import { violatedConstraint } from '../database/database-failure.ts';
import { query, statement } from '../database/statement.ts';`,
    },
    {
      file: 'routes/register-order-placement.ts',
      pattern: "const tags = ['orders'];",
      replacement: `const tags = ['orders'];
const holder = statement<{ tenantId: string; userId: string }>(
  'orders.holder',
  \`select p.tenant_id as "tenantId", u.id as "userId" from portfolios p join users u on u.tenant_id = p.tenant_id
   where p.id = $1 limit 1\`,
);`,
    },
    {
      file: 'routes/register-order-placement.ts',
      pattern: 'const { order, created } = await placeOrder(database, principalOf(request), key, request.body);',
      replacement: `const imported = request.raw.headers['x-imported-as'] !== undefined;
      const [holderRow] = imported ? await database.shared(query(holder, request.body.portfolioId)) : [];
      const principal = { ...principalOf(request), ...holderRow };
      const { order, created } = await placeOrder(database, principal, key, request.body);`,
    },
  ],
} satisfies Mutant;
