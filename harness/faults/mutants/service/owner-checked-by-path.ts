/** A check that goes by the spelling of the path. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'owner-checked-by-path',
  layer: 'service',
  arm: 'filter',
  title: 'whose trade it is is checked for paths as they are usually written, and the router takes other spellings too',
  claim: 'SEC-ISO',
  guarantee: 'No spelling of a path leads around a check.',
  seenIn:
    'CWE-289, authentication bypass by alternate name, and CWE-178, improper handling of case sensitivity: a filter on paths and a router that do not agree about capital letters, slashes, dots and semicolons. Orange Tsai, "Breaking Parser Logic" (2018), found such pairs of proxies and servers in wide use.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'app.ts',
      pattern: 'routerOptions: { ',
      replacement: 'routerOptions: { caseSensitive: false, ignoreDuplicateSlashes: true, ',
    },
    {
      file: 'app.ts',
      pattern: 'requestIdHeader: false,',
      replacement: `rewriteUrl: (request) => tidy(request.url ?? '/'),
    requestIdHeader: false,`,
    },
    {
      file: 'app.ts',
      pattern: 'const requestTimeoutMs = 30_000;',
      replacement: `const requestTimeoutMs = 30_000;

function tidy(url: string): string {
  const [path = '', ...query] = url.split('?');
  // Dots are resolved by what browsers do with an address (WHATWG URL), which knows them encoded too.
  const { pathname } = new URL(path.replace(/[/]+/g, '/'), 'http://service');
  const plain = pathname.replace(/;[^/]*/g, '').replace(/%2f/gi, '/');
  const current = plain.replace(/^[/]api[/](?:v[02][/])?(?=trades[/])/i, '/api/v1/');
  return [current, ...query].join('?');
}`,
    },
    {
      file: 'queries/trades.ts',
      pattern: 'from trades t where t.tenant_id = $1 and t.id = $2`',
      replacement: 'from trades t where $1::uuid is not null and t.id = $2`',
    },
    {
      file: 'routes/register-trades.ts',
      pattern: 'return found(rows);',
      replacement: `const isUsual = request.originalUrl.startsWith('/api/v1/trades/');
      return found(isUsual ? rows.filter((row) => row.tenantId === tenantId) : rows);`,
    },
    {
      file: 'schemas/page.ts',
      pattern: 'return z.strictObject({\n    limit:',
      replacement: 'return z.object({\n    limit:',
    },
  ],
} satisfies Mutant;
