/** An application that may make temporary tables, as every role may by default. */
import { quoteName, quoteRole } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';
import { grantsTo } from '../survey.ts';

export const temporaryObjects: Rule = {
  id: 'temporary-objects',
  level: 'warn',
  title: 'Application role may make temporary tables',
  why: 'A temporary table is found before any other of its name and has no policies: left behind on a pooled connection, it takes in what the next tenants write to the table of that name.',
  docs: documentation('runtime-config-client#GUC-SEARCH-PATH'),
  find: ({ applicationRoles, facts: { database, databaseGrants } }) => {
    const making = applicationRoles.flatMap((role) => grantsTo(role, databaseGrants, 'TEMPORARY'));
    return [...new Set(making.map(({ grantee }) => grantee))].map((grantee) => ({
      object: `${quoteName(database)}.${quoteRole(grantee)}`,
      what: `${quoteRole(grantee)} may make temporary tables in database ${database}`,
      fix: [`REVOKE TEMPORARY ON DATABASE ${quoteName(database)} FROM ${quoteRole(grantee)};`],
    }));
  },
};
