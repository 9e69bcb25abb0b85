/** Row-level security that the owner of the table is exempt from. */
import { qualifiedName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const rowSecurityNotForced: Rule = {
  id: 'row-security-not-forced',
  level: 'error',
  title: 'Row-level security is not forced on the owner',
  why: 'Policies do not bind the owner: its own sessions, its functions, and every view that it owns read all tenants’ rows.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) =>
    survey.tables
      .filter(({ rowSecurity, forced }) => rowSecurity && !forced)
      .map((table) => ({
        object: qualifiedName(table),
        what: `policies do not bind its owner, ${table.owner}${survey.role(table.owner)?.login === true ? ', which may log in' : ''}`,
        fix: [`ALTER TABLE ${qualifiedName(table)} FORCE ROW LEVEL SECURITY;`],
      })),
};
