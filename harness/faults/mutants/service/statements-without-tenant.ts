/** No statement names the tenant. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'statements-without-tenant',
  layer: 'service',
  arm: 'filter',
  title:
    'the condition on the tenant is taken out of every statement where it is declared: the policies are to do it alone',
  claim: 'SEC-ISO',
  guarantee: 'Every statement names the tenant itself, beside the policy.',
  seenIn:
    'API1:2023, broken object level authorization: a scope that is added in one place, such as a default scope of an object-relational mapper, is lost in one place too, for every query at once. CWE-1220, insufficient granularity of access control.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'database/statement.ts',
      pattern: 'return { name, text };',
      replacement: "return { name, text: text.replaceAll(/(\\w+\\.)?tenant_id = \\$1/g, '$$1::uuid is not null') };",
    },
  ],
} satisfies Mutant;
