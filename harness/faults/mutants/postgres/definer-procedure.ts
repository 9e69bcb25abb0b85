/** A procedure that runs with the rights of its owner, and answers nothing. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'definer-procedure',
  layer: 'postgres',
  title: 'a SECURITY DEFINER procedure of a superuser rejects whatever order is named to it, and says nothing',
  claim: 'SEC-ISO',
  guarantee: 'No procedure lends the application rights that it does not have.',
  seenIn:
    'PostgreSQL documentation, CREATE PROCEDURE: SECURITY DEFINER has it run with the rights of its owner, past row-level security, and EXECUTE is granted to PUBLIC by default. CWE-441, confused deputy. Checks that go by what is returned do not see it.',
  coveredBy: 'service',
  apply: [
    `create procedure reject_order(order_id uuid) language sql security definer
       as $$ update orders set status = 'rejected' where id = order_id $$`,
  ],
  revert: ['drop procedure reject_order(uuid)'],
} satisfies Mutant;
