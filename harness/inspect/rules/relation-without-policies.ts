/** Materialised views and foreign tables, which cannot have policies. */
import { qualifiedName, quoteRole } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';
import { dataPrivileges, grantsTo, inScope } from '../survey.ts';
import { holdsTenants } from '../tables-behind.ts';

export const relationWithoutPolicies: Rule = {
  id: 'relation-without-policies',
  level: 'error',
  title: 'Tenants’ rows in a relation that cannot have policies',
  why: 'A materialised view holds the rows that its owner saw, a foreign table those of another server: whoever may read it sees all of them.',
  docs: documentation('sql-creatematerializedview'),
  find: (survey) =>
    survey.facts.relations
      .filter((relation) => inScope(survey.parameters, relation.schema) && holdsTenants(survey, relation))
      .flatMap((relation) => {
        const grants = survey.applicationRoles.flatMap((role) =>
          dataPrivileges.flatMap((privilege) => grantsTo(role, relation.grants, privilege)),
        );
        const grantees = [...new Set(grants.map(({ grantee }) => grantee))];
        if (grantees.length === 0) return [];
        const name = qualifiedName(relation);
        const what = `the ${relation.kind === 'foreign' ? 'foreign table' : 'materialised view'} may be read by ${grantees.map(quoteRole).join(', ')}`;
        return [
          { object: name, what, fix: grantees.map((grantee) => `REVOKE ALL ON ${name} FROM ${quoteRole(grantee)};`) },
        ];
      }),
};
