/** An application that policies do not bind. */
import { quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const roleBypassesPolicies: Rule = {
  id: 'role-bypasses-policies',
  level: 'error',
  title: 'Application role is exempt from policies',
  why: 'BYPASSRLS: no policy of any table binds it, forced or not.',
  docs: documentation('role-attributes'),
  find: ({ applicationRoles }) =>
    applicationRoles
      .filter(({ bypassRls, superuser }) => bypassRls && !superuser)
      .map(({ name }) => ({
        object: name,
        what: `${name} has BYPASSRLS`,
        fix: [`ALTER ROLE ${quoteName(name)} NOBYPASSRLS;`],
      })),
};
