/** A filter that is given twice. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'filter-given-twice',
  layer: 'service',
  arm: 'filter',
  title: 'a list that is filtered is read without the tenant, and of a filter that is given twice the last counts',
  claim: 'SEC-ISO',
  guarantee: 'A filter narrows the tenant’s rows, and gives no right to others.',
  seenIn:
    'CWE-235, improper handling of extra parameters (HTTP parameter pollution), together with API1:2023: the portfolio is taken for proof of whose its rows are.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'app.ts',
      pattern: 'routerOptions: { ',
      replacement:
        "routerOptions: { querystringParser: (text: string) => Object.fromEntries(new URLSearchParams(text.replaceAll('[]', ''))), ",
    },
    {
      file: 'queries/keyset-list.ts',
      pattern: 'const conditions = [`${tenantColumn} = $1`];',
      replacement: "const conditions = [filtered ? '$1::uuid is not null' : `${tenantColumn} = $1`];",
    },
  ],
} satisfies Mutant;
