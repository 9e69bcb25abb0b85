/** Idempotency keys that tenants share. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'global-idempotency-key',
  layer: 'postgres',
  title:
    'an idempotency key is unique over all tenants: one tenant’s order is refused because another has used the key',
  claim: 'SEC-ISO',
  guarantee: 'Every unique key begins with the tenant.',
  seenIn:
    'The key of a single-tenant schema (orders_idempotency_key, migration 000) that the move to many tenants forgot. The draft of the Idempotency-Key header (IETF, httpapi) asks for keys that count together with who sends them.',
  mustBeSeenBy: ['sql'],
  apply: [
    // Without the keys that several tenants have used already, as whoever is in a hurry makes it: some of the seed's, and those of
    // the probe that has two tenants use the same one.
    `do $$ declare doubles text; begin
       lock table orders in share mode;
       select coalesce(string_agg(quote_literal(idempotency_key), ', '), '''none''') into doubles
         from (select idempotency_key from orders where idempotency_key not like 'same-%'
                group by idempotency_key having count(*) > 1) taken;
       execute format('create unique index orders_idempotency_global on orders (idempotency_key)
         where idempotency_key not like %L and idempotency_key not in (%s)', 'same-%', doubles);
     end $$`,
  ],
  revert: ['drop index orders_idempotency_global'],
} satisfies Mutant;
