/** An application that owns the tables it uses. */
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';
import { dataPrivileges, type ApplicationRole, type TenantTable } from '../survey.ts';

export const roleOwnsTables: Rule = {
  id: 'role-owns-tables',
  level: 'error',
  title: 'Application role owns tables',
  why: 'An owner may switch row-level security off, drop policies and truncate: whatever is injected into a statement may too.',
  docs: documentation('ddl-rowsecurity'),
  find: ({ applicationRoles, tables, children }) =>
    applicationRoles
      .filter(({ superuser }) => !superuser)
      .flatMap((role) => {
        const owned = [...tables, ...children].filter(({ owner }) => owner === role.name);
        if (owned.length === 0) return [];
        const what = `${role.name} owns ${owned.map(({ name }) => name).join(', ')}`;
        return [{ object: role.name, what, fix: handOver(role, owned) }];
      }),
};

/** To a role that nobody logs in as. Foreign keys are checked as the owner, who therefore needs the schema. */
function handOver({ name }: ApplicationRole, owned: readonly TenantTable[]): string[] {
  const owner = quoteName(`${name}_owner`);
  const schemas = [...new Set(owned.map(({ schema }) => schema))];
  return [
    `CREATE ROLE ${owner} NOLOGIN;`,
    ...schemas.map((schema) => `GRANT USAGE ON SCHEMA ${quoteName(schema)} TO ${owner};`),
    ...owned.flatMap((table) => [
      `ALTER TABLE ${qualifiedName(table)} OWNER TO ${owner};`,
      `GRANT ${dataPrivileges.join(', ')} ON ${qualifiedName(table)} TO ${quoteName(name)};`,
    ]),
  ];
}
