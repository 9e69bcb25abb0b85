/** A table of tenants without row-level security: whatever filter the application forgets is a leak. */
import { qualifiedName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';
import { createTenantPolicy } from '../tenant-policy.ts';

export const rowSecurityDisabled: Rule = {
  id: 'row-security-disabled',
  level: 'error',
  title: 'Table without row-level security',
  why: 'Every statement sees the rows of all tenants; one forgotten WHERE in the application is a leak.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) =>
    survey.tables
      .filter(({ rowSecurity }) => !rowSecurity)
      .map((table) => {
        const name = qualifiedName(table);
        const policies = survey.policiesOf(table);
        return {
          object: name,
          what:
            policies.length === 0
              ? 'row-level security is not enabled'
              : `row-level security is not enabled, so its ${policies.length === 1 ? 'policy does' : 'policies do'} nothing`,
          fix: [
            ...(policies.length === 0 ? [createTenantPolicy(survey, table)] : []),
            `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`,
            `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY;`,
          ],
        };
      }),
};
