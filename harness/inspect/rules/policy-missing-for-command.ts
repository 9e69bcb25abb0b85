/** A command that the application was granted, and that no permissive policy lets through. */
import { qualifiedName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';
import { appliesToApplication, dataPrivileges, may, type Survey, type TenantTable } from '../survey.ts';
import { freeName, tenantExpression } from '../tenant-policy.ts';

export const policyMissingForCommand: Rule = {
  id: 'policy-missing-for-command',
  level: 'warn',
  title: 'Granted command without a policy',
  why: 'The grant promises what the policies refuse: reads come back empty without an error, and writes fail or change nothing.',
  docs: documentation('sql-createpolicy'),
  find: (survey) => survey.tables.filter(({ rowSecurity }) => rowSecurity).flatMap((table) => missingOf(survey, table)),
};

function missingOf(survey: Survey, table: TenantTable): Problem[] {
  const policies = survey.policiesOf(table).filter(({ permissive }) => permissive);
  if (survey.policiesOf(table).length === 0) return [];
  const met = policies.filter((policy) => appliesToApplication(survey, policy));
  const missing = dataPrivileges.filter(
    (command) =>
      survey.applicationRoles.some((role) => may(role, table, command)) &&
      !met.some((policy) => policy.command === 'ALL' || policy.command === command),
  );
  if (missing.length === 0) return [];
  const expression = tenantExpression(survey, table);
  return [
    {
      object: qualifiedName(table),
      what: `no policy allows ${missing.join(', ')}, which the application was granted`,
      fix: missing.map((command) => {
        const clauses = [
          ...(command === 'INSERT' ? [] : [`USING (${expression})`]),
          ...(command === 'INSERT' || command === 'UPDATE' ? [`WITH CHECK (${expression})`] : []),
        ];
        const name = freeName(survey, table, `tenant_isolation_${command.toLowerCase()}`);
        return `CREATE POLICY ${name} ON ${qualifiedName(table)} FOR ${command} ${clauses.join(' ')};`;
      }),
    },
  ];
}
