/** A partition that the application can ask directly, past the policies of its parent. */
import { qualifiedName, quoteRole } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';
import { dataPrivileges, grantsTo } from '../survey.ts';

export const partitionGranted: Rule = {
  id: 'partition-granted',
  level: 'error',
  title: 'Partition without row-level security of its own',
  why: 'The parent’s policies hold for statements that name the parent. One that names the partition, or inheritance child, meets the partition’s own: there is none.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) =>
    survey.children
      .filter((child) => !child.rowSecurity || survey.policiesOf(child).length === 0)
      .flatMap((child) => {
        const grants = survey.applicationRoles.flatMap((role) =>
          dataPrivileges.flatMap((privilege) => grantsTo(role, child.grants, privilege)),
        );
        const grantees = [...new Set(grants.map(({ grantee }) => grantee))];
        if (grantees.length === 0) return [];
        const name = qualifiedName(child);
        return [
          {
            object: name,
            what: `${grantees.map(quoteRole).join(', ')} may use it directly, and it has no policies`,
            fix: grantees.map((grantee) => `REVOKE ALL ON ${name} FROM ${quoteRole(grantee)};`),
          },
        ];
      }),
};
