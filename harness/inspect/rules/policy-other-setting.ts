/** A policy that another setting than the tenant's can open. */
import { bindingOf } from '../binding.ts';
import { otherSettingsIn } from '../other-settings.ts';
import { policyProblems } from '../policy-problems.ts';
import { documentation, type Rule } from '../rule.ts';

export const policyOtherSetting: Rule = {
  id: 'policy-other-setting',
  level: 'error',
  title: 'Policy that another setting decides',
  why: 'Any session may make any such setting: beside the tenant’s own, joined by AND, it takes rows away; elsewhere it is a switch that shows other tenants’ rows.',
  docs: documentation('functions-admin#FUNCTIONS-ADMIN-SET'),
  find: (survey) =>
    policyProblems(survey, ({ using, check, permissive }) => {
      if (!permissive) return null;
      const found = [using, check].flatMap((part) => {
        const binding = bindingOf(part, survey);
        return part === null || binding === 'bound' || binding === 'elsewhere' ? [] : otherSettingsIn(survey, part);
      });
      return found.length === 0 ? null : `reads ${[...new Set(found)].join(', ')} beside ${survey.parameters.setting}`;
    }),
};
