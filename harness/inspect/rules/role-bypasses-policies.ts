/** An application that policies do not bind. */
import { quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

const exemptions = [
  { has: 'bypassRls', attribute: 'BYPASSRLS', so: '' },
  { has: 'replication', attribute: 'REPLICATION', so: ': replication slots show it every row that is written' },
] as const;

export const roleBypassesPolicies: Rule = {
  id: 'role-bypasses-policies',
  level: 'error',
  title: 'Application role is exempt from policies',
  why: 'BYPASSRLS: no policy of any table binds it, forced or not. REPLICATION: nor does any bind what is replicated.',
  docs: documentation('role-attributes'),
  find: ({ applicationRoles }) =>
    applicationRoles
      .filter(({ superuser }) => !superuser)
      .flatMap((role) => {
        const found = exemptions.filter(({ has }) => role[has]);
        if (found.length === 0) return [];
        const attributes = found.map(({ attribute }) => attribute);
        const what = found.map(({ attribute, so }) => `${attribute}${so}`).join(', and ');
        const fix = `ALTER ROLE ${quoteName(role.name)} ${attributes.map((attribute) => `NO${attribute}`).join(' ')};`;
        return [{ object: role.name, what: `${role.name} has ${what}`, fix: [fix] }];
      }),
};
