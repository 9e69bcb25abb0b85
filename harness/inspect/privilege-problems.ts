/** Tables on which the application was granted a privilege that it should not have, each with the REVOKE. */
import { qualifiedName, quoteRole } from './quote.ts';
import type { Problem } from './rule.ts';
import { grantsTo, type Survey } from './survey.ts';

/** PUBLIC's grants are another rule's. */
export function privilegeProblems(survey: Survey, privileges: readonly string[]): Problem[] {
  return [...survey.tables, ...survey.children].flatMap((table) => {
    const found = survey.applicationRoles.flatMap((role) =>
      privileges.flatMap((privilege) => grantsTo(role, table.grants, privilege)),
    );
    const name = qualifiedName(table);
    const grantees = [...new Set(found.map(({ grantee }) => grantee))].filter((grantee) => grantee !== null);
    return grantees.map((grantee) => {
      const theirs = found.filter((grant) => grant.grantee === grantee).map(({ privilege }) => privilege);
      const list = [...new Set(theirs)].join(', ');
      return {
        object: `${name}.${quoteRole(grantee)}`,
        what: `${grantee} may ${list}`,
        fix: [`REVOKE ${list} ON ${name} FROM ${quoteRole(grantee)};`],
      };
    });
  });
}
