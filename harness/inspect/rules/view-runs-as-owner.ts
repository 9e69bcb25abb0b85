/** A view that reads tenants' tables with its owner's eyes. */
import { escapesPolicies } from '../escapes-policies.ts';
import type { RelationFact } from '../facts.ts';
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';
import { inScope, usersOf, type Survey } from '../survey.ts';
import { tenantTablesBehind, unboundBehind } from '../tables-behind.ts';

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
  const tables = tenantTablesBehind(survey, view.reads);
  const unbound = unboundBehind(survey, view);
  if (role === undefined || tables.length + unbound.length === 0) return [];
  const name = qualifiedName(view);
  const who = users.map((user) => user.name).join(', ');
  const shows = (relations: readonly RelationFact[]) =>
    `shows ${relations.map((relation) => relation.name).join(', ')} to ${who}`;
  const fix =
    survey.facts.serverVersion >= SECURITY_INVOKER_SINCE
      ? `ALTER VIEW ${name} SET (security_invoker = true);`
      : `ALTER VIEW ${name} OWNER TO ${quoteName(role.name)};`;
  const escape = escapesPolicies(survey, view.owner, tables);
  if (escape !== null) {
    return [{ object: name, what: `${shows(tables)} as ${view.owner}, ${escape}`, fix: [fix] }];
  }
  if (unbound.length > 0) {
    return [
      { object: name, what: `${shows(unbound)}, which no policy binds: only a WHERE of its own can`, fix: [fix] },
    ];
  }
  const what = `${shows(tables)} as ${view.owner}, whom policies bind today`;
  return [{ object: name, what, fix: [fix], level: 'info' }];
}
