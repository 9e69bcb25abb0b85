/** A trade by its id, whoever’s it is. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'trade-without-filter',
  layer: 'service',
  arm: 'filter',
  title: 'a trade is read by its id alone',
  claim: 'SEC-ISO',
  guarantee: 'Every query names the tenant itself, beside the policy.',
  seenIn:
    'API1:2023, broken object level authorization; First American Financial, May 2019: some 885 million documents could be read by counting an id up.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'queries/trades.ts',
      pattern: 'from trades t where t.tenant_id = $1 and t.id = $2`',
      replacement: 'from trades t where $1::uuid is not null and t.id = $2`',
    },
  ],
} satisfies Mutant;
