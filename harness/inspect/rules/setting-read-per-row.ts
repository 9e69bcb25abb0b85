/** A policy that asks for the setting once a row. */
import { policyProblems } from '../policy-problems.ts';
import { documentation, type Rule } from '../rule.ts';
import { readsOfSetting } from '../setting-reads.ts';
import { needsNullif } from '../tenant-policy.ts';

export const settingReadPerRow: Rule = {
  id: 'setting-read-per-row',
  level: 'warn',
  title: 'Tenant setting read once a row',
  why: 'A scan evaluates current_setting for every row that it meets; in a scalar subselect it is evaluated once a statement.',
  docs: documentation('sql-expressions#SQL-SYNTAX-SCALAR-SUBQUERIES'),
  find: (survey) =>
    policyProblems(survey, ({ using, check }, table) => {
      const { setting } = survey.parameters;
      const perRow = [using, check].some((part) => readsOfSetting(part, setting, needsNullif(table)).perRow > 0);
      return perRow ? `reads ${setting} outside of a subselect` : null;
    }),
};
