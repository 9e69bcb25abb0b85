/** A policy with the tenant column in it, in a way that cannot be judged from its text. */
import { bindingOf } from '../policy-expression.ts';
import { policyProblems } from '../policy-problems.ts';
import { documentation, type Rule } from '../rule.ts';
import { openParts } from '../tenant-policy.ts';

export const policyUnclear: Rule = {
  id: 'policy-unclear',
  level: 'info',
  title: 'Policy that cannot be judged',
  why: 'It names the tenant column, but not as `column = value`; whether it binds a row to one tenant must be read by a person.',
  docs: documentation('sql-createpolicy'),
  find: (survey) => {
    const { tenantColumn } = survey.parameters;
    return policyProblems(survey, (policy) => {
      if (!policy.permissive || openParts(policy, tenantColumn).length > 0) return null;
      const unclear = [policy.using, policy.check].filter(
        (part) => part !== null && bindingOf(part, tenantColumn) === 'unclear',
      );
      return unclear.length === 0 ? null : `(${unclear[0]}) is not understood`;
    }).map((problem) => ({ ...problem, fix: [] }));
  },
};
