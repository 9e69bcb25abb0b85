/** A permissive policy that lets rows of other tenants through: permissive policies are joined by OR, so one is enough. */
import { openParts } from '../mend-policy.ts';
import { policyProblems } from '../policy-problems.ts';
import { isRestricted } from '../restricted.ts';
import { documentation, type Rule } from '../rule.ts';

export const policyOpen: Rule = {
  id: 'policy-open',
  level: 'error',
  title: 'Policy that does not bind the tenant',
  why: 'Permissive policies are joined by OR: one that is true of another tenant’s row opens the table, however strict the others are.',
  docs: documentation('sql-createpolicy'),
  find: (survey) =>
    policyProblems(survey, (policy, table) => {
      if (!policy.permissive || isRestricted(survey, table, policy)) return null;
      const open = openParts(survey, policy);
      if (open.length === 0) return null;
      const parts = open.map((part) => `${part} (${(part === 'USING' ? policy.using : policy.check) ?? 'true'})`);
      return `${policy.command}: ${parts.join(' and ')} can be true of another tenant’s row`;
    }),
};
