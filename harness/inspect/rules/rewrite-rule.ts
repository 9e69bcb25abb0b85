/** A rule of a table or view that works on tenants' tables with the eyes of the owner, security_invoker or not. */
import { escapesPolicies } from '../escapes-policies.ts';
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';
import { inScope, usersOf } from '../survey.ts';
import { tenantTablesBehind } from '../tables-behind.ts';

export const rewriteRule: Rule = {
  id: 'rewrite-rule',
  level: 'error',
  title: 'Rewrite rule past the policies',
  why: 'What a rule adds to a statement is done as the owner of its table or view; one whom policies do not bind reaches all tenants’ rows for whoever sends the statement.',
  docs: documentation('rules-privileges'),
  find: (survey) =>
    survey.facts.rewriteRules.flatMap(({ relation, name, touches }) => {
      const table = survey.relation(relation);
      if (table === undefined || !inScope(survey.parameters, table.schema)) return [];
      const tables = tenantTablesBehind(survey, touches);
      const escape = escapesPolicies(survey, table.owner, tables);
      const users = usersOf(survey, table);
      if (escape === null || users.length === 0 || tables.length === 0) return [];
      const who = users.map((user) => user.name).join(', ');
      const reached = tables.map((each) => each.name).join(', ');
      return [
        {
          object: `${qualifiedName(table)}.${quoteName(name)}`,
          what: `reaches ${reached} for ${who} as ${table.owner}, ${escape}`,
          fix: [`DROP RULE ${quoteName(name)} ON ${qualifiedName(table)};`],
        },
      ];
    }),
};
