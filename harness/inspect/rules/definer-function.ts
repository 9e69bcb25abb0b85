/** A function that the application may call, and that runs as somebody whom policies do not bind. */
import { callableDefiners, escapeOf, signatureOf } from '../definer-functions.ts';
import { documentation, type Rule } from '../rule.ts';

export const definerFunction: Rule = {
  id: 'definer-function',
  level: 'error',
  title: 'SECURITY DEFINER function past the policies',
  why: 'It runs as its owner: whatever it reads or writes, it reads and writes for all tenants.',
  docs: documentation('sql-createfunction#SQL-CREATEFUNCTION-SECURITY'),
  find: (survey) =>
    callableDefiners(survey).flatMap((routine) => {
      const escape = escapeOf(survey, routine);
      if (escape === null) return [];
      const what = `runs as ${routine.owner}, ${escape}, and the application may call it`;
      const signature = signatureOf(routine);
      return [{ object: signature, what, fix: [`ALTER ROUTINE ${signature} SECURITY INVOKER;`] }];
    }),
};
