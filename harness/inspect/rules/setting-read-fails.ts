/** A policy that ends in an error, instead of no rows, where no tenant is set. */
import { policyProblems } from '../policy-problems.ts';
import { documentation, type Rule } from '../rule.ts';
import { readsOfSetting } from '../setting-reads.ts';
import { needsNullif } from '../tenant-policy.ts';

export const settingReadFails: Rule = {
  id: 'setting-read-fails',
  level: 'warn',
  title: 'Policy that fails where no tenant is set',
  why: 'A session that never set the tenant has no such setting, one whose transaction is over has the empty text: without missing_ok and nullif both are errors in the middle of whatever was asked.',
  docs: documentation('functions-admin#FUNCTIONS-ADMIN-SET'),
  find: (survey) =>
    policyProblems(survey, ({ using, check }, table) => {
      const { setting } = survey.parameters;
      const failing = [using, check].some((part) => readsOfSetting(part, setting, needsNullif(table)).failing > 0);
      return failing ? `reads ${setting} in a way that is an error while it is unset or empty` : null;
    }),
};
