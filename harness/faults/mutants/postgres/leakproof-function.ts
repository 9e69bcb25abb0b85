/** A function that tells its arguments and says that it does not. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'leakproof-function',
  layer: 'postgres',
  title: 'a cheap function marked LEAKPROOF reports its argument: it is called with rows that the policy hides',
  claim: 'SEC-ISO',
  guarantee: 'No condition sees a row before the policy has let it through.',
  seenIn:
    'PostgreSQL documentation, CREATE FUNCTION and "Rules and Privileges": LEAKPROOF functions may run before the conditions of a policy; marked so to let an index be used, a function that raises or reports its argument leaks.',
  coveredBy: 'service',
  apply: [
    `create function is_marked(note text) returns boolean language plpgsql stable leakproof cost 0.0001
       as $$ begin raise notice '%', note; return note like '%!%'; end $$`,
  ],
  revert: ['drop function is_marked(text)'],
} satisfies Mutant;
