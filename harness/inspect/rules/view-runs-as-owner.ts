/** A view that reads tenants' tables with its owner's eyes. */
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';
import { escapesPolicies, inScope, usersOf, type Survey } from '../survey.ts';
import { tenantTablesBehind } from '../tables-behind.ts';
import type { RelationFact } from '../facts.ts';

/** `security_invoker` came with Postgres 15. */
const SECURITY_INVOKER_SINCE = 150_000;

export const viewRunsAsOwner: Rule = {
  id: 'view-runs-as-owner',
  level: 'error',
  title: 'View past the policies of its tables',
  why: 'Without security_invoker a view reads its tables as its owner; one whom policies do not bind shows everybody all tenants’ rows.',
  docs: documentation('sql-createview'),
  find: (survey) =>
    survey.facts.relations
      .filter(
        ({ kind, securityInvoker, schema }) =>
          kind === 'view' && !securityInvoker && inScope(survey.parameters, schema),
      )
      .flatMap((view) => problemOf(survey, view)),
};

function problemOf(survey: Survey, view: RelationFact): Problem[] {
  const users = usersOf(survey, view);
  const [role] = users;
  const tables = tenantTablesBehind(survey, view);
  if (role === undefined || tables.length === 0) return [];
  const escape = escapesPolicies(survey, view.owner, tables);
  const name = qualifiedName(view);
  const read = tables.map((table) => table.name).join(', ');
  const who = users.map((user) => user.name).join(', ');
  const fix =
    survey.facts.serverVersion >= SECURITY_INVOKER_SINCE
      ? `ALTER VIEW ${name} SET (security_invoker = true);`
      : `ALTER VIEW ${name} OWNER TO ${quoteName(role.name)};`;
  if (escape !== null) {
    return [{ object: name, what: `shows ${read} to ${who} as ${view.owner}, ${escape}`, fix: [fix] }];
  }
  const what = `shows ${read} to ${who} as ${view.owner}, whom policies bind today`;
  return [{ object: name, what, fix: [fix], level: 'info' }];
}
