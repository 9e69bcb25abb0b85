/** An application that is a superuser. */
import { quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const roleSuperuser: Rule = {
  id: 'role-superuser',
  level: 'error',
  title: 'Application role is a superuser',
  why: 'Policies do not bind superusers, forced or not; and whatever is injected into a statement may do anything.',
  docs: documentation('role-attributes'),
  find: ({ applicationRoles }) =>
    applicationRoles
      .filter(({ superuser }) => superuser)
      .map(({ name }) => ({
        object: name,
        what: `${name} is a superuser`,
        fix: [`ALTER ROLE ${quoteName(name)} NOSUPERUSER;`],
      })),
};
