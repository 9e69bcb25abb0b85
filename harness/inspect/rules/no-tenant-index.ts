/** A table of tenants that no index leads to by tenant. */
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';

export const noTenantIndex: Rule = {
  id: 'no-tenant-index',
  level: 'warn',
  title: 'No index led by the tenant column',
  why: 'The policy adds the tenant to every statement: without such an index each one reads the rows of all tenants to find its own.',
  docs: documentation('indexes-multicolumn'),
  find: ({ tables, facts, parameters }) =>
    tables
      .filter(
        ({ oid, tenantColumn }) =>
          !facts.indexes.some(
            ({ relation, keys, valid, partial }) =>
              relation === oid && keys[0] === tenantColumn.number && valid && !partial,
          ),
      )
      .map((table) => ({
        object: qualifiedName(table),
        what: `no whole and valid index begins with ${parameters.tenantColumn}`,
        // CONCURRENTLY where the table is in use; it cannot run in a transaction, nor on a partitioned table.
        fix: [`CREATE INDEX ON ${qualifiedName(table)} (${quoteName(parameters.tenantColumn)});`],
      })),
};
