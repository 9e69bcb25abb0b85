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
    'CWE-289, authentication bypass by alternate name, and CWE-178, improper handling of case sensitivity: a filter on paths and a router that do not agree about capital letters, slashes and encoded letters.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'app.ts',
      pattern: 'routerOptions: { ',
      replacement: 'routerOptions: { caseSensitive: false, ignoreDuplicateSlashes: true, ',
    },
    {
      file: 'queries/trades.ts',
      pattern: 'from trades t where t.tenant_id = $1 and t.id = $2`',
      replacement: 'from trades t where $1::uuid is not null and t.id = $2`',
    },
    {
      file: 'routes/register-trades.ts',
      pattern: 'return found(rows);',
      replacement: `const isUsual = request.url.startsWith('/api/v1/trades/');
      return found(isUsual ? rows.filter((row) => row.tenantId === tenantId) : rows);`,
    },
    {
      file: 'schemas/page.ts',
      pattern: 'return z.strictObject({\n    limit:',
      replacement: 'return z.object({\n    limit:',
    },
  ],
} satisfies Mutant;
