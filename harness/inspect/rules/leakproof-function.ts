/** Functions of one's own that are marked leakproof. */
import { signatureOf } from '../definer-functions.ts';
import { documentation, type Rule } from '../rule.ts';

export const leakproofFunction: Rule = {
  id: 'leakproof-function',
  level: 'error',
  title: 'User-made function marked LEAKPROOF',
  why: 'Leakproof functions may be evaluated before the policy: one that raises, logs or stores its argument shows rows of other tenants.',
  docs: documentation('rules-privileges'),
  find: ({ facts }) =>
    facts.functions
      .filter(({ leakproof }) => leakproof)
      .map((routine) => ({
        object: signatureOf(routine),
        what: 'is marked LEAKPROOF, which nobody has proven',
        fix: [`ALTER ROUTINE ${signatureOf(routine)} NOT LEAKPROOF;`],
      })),
};
