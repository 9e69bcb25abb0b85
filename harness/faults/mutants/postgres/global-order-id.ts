/** An id that is unique over all tenants. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'global-order-id',
  layer: 'postgres',
  title: 'the id of an order is unique over all tenants: an insert tells whether another has it',
  claim: 'SEC-ISO',
  guarantee: 'Every unique key begins with the tenant.',
  seenIn:
    'PostgreSQL documentation, "Row Security Policies": unique keys always bypass row security, and a refused insert tells that the value exists (a covert channel).',
  coveredBy: 'service',
  apply: ['create unique index orders_id_global on orders (id)'],
  revert: ['drop index orders_id_global'],
} satisfies Mutant;
