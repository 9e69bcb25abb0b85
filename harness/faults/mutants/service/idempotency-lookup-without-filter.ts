/** An order found by its idempotency key in any tenant. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'idempotency-lookup-without-filter',
  layer: 'service',
  arm: 'filter',
  title: 'the order of an idempotency key is looked up without the tenant',
  claim: 'SEC-ISO',
  guarantee: 'Every query names the tenant itself, beside the policy.',
  seenIn:
    'CWE-639 and API1:2023. Where a scope such as default_scope or a policy adds the tenant, a query that lacks it looks right for years, until it runs where nothing adds it.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'queries/orders.ts',
      pattern: 'from orders where tenant_id = $1 and idempotency_key = $2`',
      replacement: 'from orders where $1::uuid is not null and idempotency_key = $2 order by created_at`',
    },
  ],
} satisfies Mutant;
