/** A policy that binds the tenant to something else than the setting that the application makes. */
import { bindingOf } from '../binding.ts';
import { policyProblems } from '../policy-problems.ts';
import { documentation, type Rule } from '../rule.ts';

export const policyIgnoresSetting: Rule = {
  id: 'policy-ignores-setting',
  level: 'error',
  title: 'Policy that does not read the tenant setting',
  why: 'Whatever tenant the application sets, this policy decides by something else: a fixed tenant, another setting, the role.',
  docs: documentation('functions-admin#FUNCTIONS-ADMIN-SET'),
  find: (survey) =>
    policyProblems(survey, ({ using, check, permissive }) => {
      const elsewhere = [using, check].find((part) => part !== null && bindingOf(part, survey) === 'elsewhere');
      return !permissive || elsewhere === undefined
        ? null
        : `(${elsewhere}) does not ask for ${survey.parameters.setting}`;
    }),
};
