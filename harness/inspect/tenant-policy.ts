/** The policy that a table of tenants should have, in the database's own names. */
import { qualifiedName, quoteName, quoteText } from './quote.ts';
import type { Survey, TenantTable } from './survey.ts';

const textTypes = /^(?:text|character varying|character|name|citext)\b/;

/** The empty text, which a setting has after its transaction, is no value of other types. */
export const needsNullif = ({ tenantColumn }: TenantTable): boolean => !textTypes.test(tenantColumn.type);

/** `tenant_id = (SELECT …)`: the subselect is evaluated once a statement; an unset tenant is null, which no row equals. */
export function tenantExpression({ parameters }: Survey, table: TenantTable): string {
  const read = `nullif(current_setting(${quoteText(parameters.setting)}, true), '')`;
  const typed = needsNullif(table) ? `${read}::${table.tenantColumn.type}` : read;
  return `${quoteName(parameters.tenantColumn)} = (SELECT ${typed})`;
}

export function createTenantPolicy(survey: Survey, table: TenantTable): string {
  const expression = tenantExpression(survey, table);
  const name = freeName(survey, table, 'tenant_isolation');
  return `CREATE POLICY ${name} ON ${qualifiedName(table)} USING (${expression}) WITH CHECK (${expression});`;
}

/** A name that no policy of the table has. */
export function freeName(survey: Survey, table: TenantTable, wanted: string): string {
  const taken = new Set(survey.policiesOf(table).map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`;
  return quoteName(name);
}
