/** A policy with the tenant column in it, in a way that cannot be judged from its text. */
import { bindingOf } from '../binding.ts';
import { openParts } from '../mend-policy.ts';
import { policyProblems } from '../policy-problems.ts';
import { isRestricted } from '../restricted.ts';
import { documentation, type Rule } from '../rule.ts';

export const policyUnclear: Rule = {
  id: 'policy-unclear',
  level: 'warn',
  undecided: true,
  title: 'Policy that cannot be judged',
  why:
    'It names the tenant column, but not as `column = setting`: whether it binds a row to one tenant must be read by a person, and accepted by name with --ignore and a reason. ' +
    'A setting that lists several tenants is one of them: rows of all that it names pass at once, and only the application knows whether they belong together.',
  docs: documentation('sql-createpolicy'),
  find: (survey) =>
    policyProblems(survey, (policy, table) => {
      if (!policy.permissive || openParts(survey, policy).length > 0 || isRestricted(survey, table, policy))
        return null;
      const unclear = [policy.using, policy.check].find(
        (part) => part !== null && bindingOf(part, survey) === 'unclear',
      );
      return unclear === undefined ? null : `(${unclear}) is not understood`;
    }).map((problem) => ({ ...problem, fix: [] })),
};
