/** REFERENCES and TRIGGER, with which rows are learnt of, or followed, past policies. */
import { privilegeProblems } from '../privilege-problems.ts';
import { documentation, type Rule } from '../rule.ts';

export const referencesOrTriggerGranted: Rule = {
  id: 'references-or-trigger-granted',
  level: 'warn',
  title: 'REFERENCES or TRIGGER is granted',
  why: 'Policies do not bind foreign keys, so one of its own tells which ids exist; a trigger sees what others write.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) => privilegeProblems(survey, ['REFERENCES', 'TRIGGER']),
};
