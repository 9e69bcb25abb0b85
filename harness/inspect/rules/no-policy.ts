/** Row-level security without any policy: nobody sees a row, until somebody reaches for an exemption. */
import { qualifiedName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';
import { createTenantPolicy } from '../tenant-policy.ts';

export const noPolicy: Rule = {
  id: 'no-policy',
  level: 'warn',
  title: 'Row-level security without a policy',
  why: 'Nobody bound by policies sees or writes a row, so whoever uses this table must be exempt from them.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) =>
    survey.tables
      .filter((table) => table.rowSecurity && survey.policiesOf(table).length === 0)
      .map((table) => ({
        object: qualifiedName(table),
        what: 'row-level security is enabled, and there is no policy',
        fix: [createTenantPolicy(survey, table)],
      })),
};
