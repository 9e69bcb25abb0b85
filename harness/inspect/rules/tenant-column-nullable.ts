/** Rows that may belong to nobody. */
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const tenantColumnNullable: Rule = {
  id: 'tenant-column-nullable',
  level: 'warn',
  title: 'Tenant column may be null',
  why: 'A row without a tenant is seen by nobody, or, once somebody adds `or tenant_id is null`, by everybody; and a foreign key with a null in it is not checked.',
  docs: documentation('ddl-constraints#DDL-CONSTRAINTS-NOT-NULL'),
  find: ({ tables, parameters }) =>
    tables
      .filter(({ tenantColumn }) => !tenantColumn.notNull)
      .map((table) => ({
        object: qualifiedName(table),
        what: `${parameters.tenantColumn} may be null`,
        fix: [`ALTER TABLE ${qualifiedName(table)} ALTER COLUMN ${quoteName(parameters.tenantColumn)} SET NOT NULL;`],
      })),
};
