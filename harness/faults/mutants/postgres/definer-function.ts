/** A function that runs with the rights of its owner. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'definer-function',
  layer: 'postgres',
  title: 'a SECURITY DEFINER function of a superuser returns every tenant’s orders to whoever calls it',
  claim: 'SEC-ISO',
  guarantee: 'No function lends the application rights that it does not have.',
  seenIn:
    'PostgreSQL documentation, CREATE FUNCTION, "Writing SECURITY DEFINER Functions Safely": EXECUTE is granted to PUBLIC by default. Supabase database linter 0028 and 0029 (SECURITY DEFINER functions that anyone may execute).',
  coveredBy: 'service',
  apply: [
    `create function recent_orders() returns setof orders language sql stable security definer
       as $$ select * from orders order by created_at desc limit 1000 $$`,
  ],
  revert: ['drop function recent_orders()'],
} satisfies Mutant;
