/** A refusal that takes longer where there is something. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'existence-told-by-time',
  layer: 'service',
  arm: 'filter',
  title:
    'whoever asks for another tenant’s portfolio is made to wait before the refusal; for one that does not exist nobody is',
  claim: 'SEC-ISO',
  guarantee: 'Not yours and not there are answered alike.',
  seenIn:
    'CWE-208, observable timing discrepancy: what is done about a foreign access, such as slowing it down or reporting it, is done before the answer, and so tells that the row is there.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'queries/portfolios.ts',
      pattern: 'const create = statement<Portfolio>(',
      replacement: `const getOfAnybody = statement<{ id: string }>('portfolios.get-of-anybody', 'select id from portfolios where id = $1');

export function getPortfolioOfAnybody(id: string) {
  return query(getOfAnybody, id);
}

const create = statement<Portfolio>(`,
    },
    {
      file: 'routes/register-portfolios.ts',
      pattern: 'import { createPortfolio,',
      replacement: 'import { getPortfolioOfAnybody, createPortfolio,',
    },
    {
      file: 'routes/register-portfolios.ts',
      pattern: "const tags = ['portfolios'];",
      replacement: "const tags = ['portfolios'];\nconst slowDownMs = 20;",
    },
    {
      file: 'routes/register-portfolios.ts',
      pattern:
        'const [rows] = await database.asTenant(tenantId, getPortfolio(tenantId, request.params.id));\n      return found(rows);',
      replacement: `const [rows] = await database.asTenant(tenantId, getPortfolio(tenantId, request.params.id));
      if (rows.length > 0) return found(rows);
      const [anybodys] = await database.asTenant(tenantId, getPortfolioOfAnybody(request.params.id));
      if (anybodys.length > 0) await new Promise((resolve) => setTimeout(resolve, slowDownMs));
      return found(rows);`,
    },
  ],
} satisfies Mutant;
