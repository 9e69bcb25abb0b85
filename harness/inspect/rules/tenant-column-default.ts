/** Rows that fall to a fixed tenant when the application names none. */
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const tenantColumnDefault: Rule = {
  id: 'tenant-column-default',
  level: 'warn',
  title: 'Tenant column with a fixed default',
  why: 'An insert that forgets the tenant is not refused: the row becomes somebody’s, or a tenant’s that does not exist.',
  docs: documentation('ddl-default'),
  find: ({ tables, parameters }) =>
    tables
      .filter(({ tenantColumn }) => tenantColumn.default !== null && !tenantColumn.default.includes(parameters.setting))
      .map((table) => ({
        object: qualifiedName(table),
        what: `${parameters.tenantColumn} is ${table.tenantColumn.default ?? ''} where none is given`,
        fix: [`ALTER TABLE ${qualifiedName(table)} ALTER COLUMN ${quoteName(parameters.tenantColumn)} DROP DEFAULT;`],
      })),
};
