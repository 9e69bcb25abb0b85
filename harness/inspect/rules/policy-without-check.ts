/** A policy for writes that says what may be changed, but not what it may be changed to. */
import { policyProblems } from '../policy-problems.ts';
import { documentation, type Rule } from '../rule.ts';

export const policyWithoutCheck: Rule = {
  id: 'policy-without-check',
  level: 'warn',
  title: 'Policy without WITH CHECK',
  why: 'USING stands in for it today; whoever widens USING later, to let more be read, lets rows be written for other tenants.',
  docs: documentation('sql-createpolicy'),
  find: (survey) =>
    policyProblems(survey, ({ command, check, permissive }) =>
      permissive && check === null && (command === 'ALL' || command === 'UPDATE' || command === 'INSERT')
        ? command === 'INSERT'
          ? 'a policy for INSERT without WITH CHECK lets nothing in'
          : `a policy for ${command} has USING only`
        : null,
    ),
};
