/** A policy that binds the tenant to something else than the setting that the application makes. */
import type { PolicyFact } from '../facts.ts';
import { bindingOf } from '../policy-expression.ts';
import { policyProblems } from '../policy-problems.ts';
import { documentation, type Rule } from '../rule.ts';
import type { Survey } from '../survey.ts';

export const policyIgnoresSetting: Rule = {
  id: 'policy-ignores-setting',
  level: 'error',
  title: 'Policy that does not read the tenant setting',
  why: 'Whatever tenant the application sets, this policy decides by something else: a fixed tenant, another setting, the role.',
  docs: documentation('functions-admin#FUNCTIONS-ADMIN-SET'),
  find: (survey) => {
    const { tenantColumn, setting } = survey.parameters;
    return policyProblems(survey, (policy) => {
      const bound = [policy.using, policy.check].filter(
        (part): part is string => part !== null && bindingOf(part, tenantColumn) === 'bound',
      );
      const elsewhere = bound.filter((part) => !part.includes(`'${setting}'`));
      if (!policy.permissive || elsewhere.length === 0 || callsReader(survey, policy)) return null;
      return `(${elsewhere[0]}) does not ask for ${setting}`;
    });
  },
};

/** A function of one's own that reads the setting is as good as reading it. */
function callsReader({ facts }: Survey, { functions }: PolicyFact): boolean {
  return facts.functions.some(({ oid, readsSetting }) => readsSetting && functions.includes(oid));
}
