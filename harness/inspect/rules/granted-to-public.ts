/** Tables of tenants that everyone who can connect may use. */
import { qualifiedName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const grantedToPublic: Rule = {
  id: 'granted-to-public',
  level: 'warn',
  title: 'Granted to PUBLIC',
  why: 'Any role that can connect, those made later as well, may set any tenant and use the table as that one.',
  docs: documentation('ddl-priv'),
  find: ({ tables, children }) =>
    [...tables, ...children].flatMap((table) => {
      const open = table.grants.filter(({ grantee }) => grantee === null);
      if (open.length === 0) return [];
      const privileges = [...new Set(open.map(({ privilege }) => privilege))];
      const name = qualifiedName(table);
      // A column's grant goes with the table's when REVOKE names the table.
      return [
        { object: name, what: `PUBLIC has ${privileges.join(', ')}`, fix: [`REVOKE ALL ON ${name} FROM PUBLIC;`] },
      ];
    }),
};
