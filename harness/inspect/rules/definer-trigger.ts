/** A trigger of a tenants' table whose function runs as somebody whom policies do not bind. */
import { escapeOf, signatureOf } from '../definer-functions.ts';
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const definerTrigger: Rule = {
  id: 'definer-trigger',
  level: 'warn',
  title: 'Trigger that runs past the policies',
  why: 'It runs as its owner at every write of any tenant: what it looks up or changes elsewhere is of all tenants.',
  docs: documentation('sql-createfunction#SQL-CREATEFUNCTION-SECURITY'),
  find: (survey) =>
    survey.facts.triggers.flatMap((trigger) => {
      const table = [...survey.tables, ...survey.children].find(({ oid }) => oid === trigger.relation);
      const routine = survey.facts.functions.find(({ oid }) => oid === trigger.function);
      if (table === undefined || routine?.definer !== true) return [];
      const escape = escapeOf(survey, routine);
      if (escape === null) return [];
      const signature = signatureOf(routine);
      return [
        {
          object: `${qualifiedName(table)}.${quoteName(trigger.name)}`,
          what: `calls ${signature}, which runs as ${routine.owner}, ${escape}`,
          fix: [`ALTER ROUTINE ${signature} SECURITY INVOKER;`],
        },
      ];
    }),
};
