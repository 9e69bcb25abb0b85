/** TRUNCATE, which no policy binds. */
import { privilegeProblems } from '../privilege-problems.ts';
import { documentation, type Rule } from '../rule.ts';

export const truncateGranted: Rule = {
  id: 'truncate-granted',
  level: 'error',
  title: 'TRUNCATE is granted',
  why: 'Policies do not bind TRUNCATE: one statement removes the rows of all tenants.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) => privilegeProblems(survey, ['TRUNCATE']),
};
