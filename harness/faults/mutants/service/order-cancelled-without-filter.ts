/** An order cancelled, and said not to be there. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'order-cancelled-without-filter',
  layer: 'service',
  arm: 'filter',
  title: 'whoever names an order cancels it, whose ever it is; the answer is that there is no such order',
  claim: 'SEC-ISO',
  guarantee: 'What is refused is not done either.',
  seenIn:
    'CWE-639, authorization bypass through a user-controlled key, with CWE-696, incorrect behavior order: the write comes before the check that makes the answer. A test that goes by the answer sees a refusal.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'queries/orders.ts',
      pattern: "where tenant_id = $1 and id = $2 and status = 'new'",
      replacement: "where $1::uuid is not null and id = $2 and status = 'new'",
    },
  ],
} satisfies Mutant;
