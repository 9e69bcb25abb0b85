/** A permissive policy that lets rows of other tenants through: permissive policies are joined by OR, so one is enough. */
import type { PolicyFact } from '../facts.ts';
import { bindingOf } from '../policy-expression.ts';
import { policyProblems } from '../policy-problems.ts';
import { documentation, type Rule } from '../rule.ts';
import { appliesToApplication, type Survey, type TenantTable } from '../survey.ts';
import { openParts } from '../tenant-policy.ts';

export const policyOpen: Rule = {
  id: 'policy-open',
  level: 'error',
  title: 'Policy that does not bind the tenant',
  why: 'Permissive policies are joined by OR: one that is true of another tenant’s row opens the table, however strict the others are.',
  docs: documentation('sql-createpolicy'),
  find: (survey) =>
    policyProblems(survey, (policy, table) => {
      if (!policy.permissive || isRestricted(survey, table, policy)) return null;
      const open = openParts(policy, survey.parameters.tenantColumn);
      if (open.length === 0) return null;
      const parts = open.map((part) => `${part} (${(part === 'USING' ? policy.using : policy.check) ?? 'true'})`);
      return `${policy.command}: ${parts.join(' and ')} can be true of another tenant’s row`;
    }),
};

/** Restrictive policies are joined by AND: one that binds the tenant, for the same commands and everyone, covers for permissive ones. */
function isRestricted(survey: Survey, table: TenantTable, { command }: PolicyFact): boolean {
  const { tenantColumn } = survey.parameters;
  return survey.policiesOf(table).some((other) => {
    const covers = other.command === 'ALL' || other.command === command;
    const bound = [other.using, other.check].every(
      (part) => part === null || bindingOf(part, tenantColumn) === 'bound',
    );
    const says = other.using !== null || other.check !== null;
    return (
      !other.permissive && covers && bound && says && other.roles.includes(null) && appliesToApplication(survey, other)
    );
  });
}
