/** An application that was given all tables at once. */
import { quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

const allData = ['pg_read_all_data', 'pg_write_all_data'];

export const roleReadsAllData: Rule = {
  id: 'role-reads-all-data',
  level: 'warn',
  title: 'Application role has all tables at once',
  why: 'Policies still bind it, but every table, view and materialised view without one is open to it, those to come as well.',
  docs: documentation('predefined-roles'),
  find: ({ applicationRoles, facts }) =>
    applicationRoles.flatMap((role) =>
      facts.memberships
        .filter((membership) => allData.includes(membership.role) && role.reaches.includes(membership.member))
        .map((membership) => ({
          object: `${role.name}.${membership.role}`,
          what: `${role.name} is a member of ${membership.role}`,
          fix: [`REVOKE ${quoteName(membership.role)} FROM ${quoteName(membership.member)};`],
        })),
    ),
};
