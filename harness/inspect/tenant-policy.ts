/** The policy that a table of tenants should have, in the database's own names, and how a policy that differs is brought to it. */
import type { PolicyFact } from './facts.ts';
import { bindingOf, mendSettingReads } from './policy-expression.ts';
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

/** What it lets in of other tenants' rows: nothing, when both of its expressions bind the tenant column. */
export function openParts(policy: PolicyFact, column: string): ('USING' | 'WITH CHECK')[] {
  const parts: ('USING' | 'WITH CHECK')[] = [];
  if (policy.command !== 'INSERT' && bindingOf(policy.using, column) === 'open') parts.push('USING');
  const writes = policy.command !== 'SELECT' && policy.command !== 'DELETE';
  // Without a WITH CHECK, USING stands for it.
  if (writes && policy.check !== null && bindingOf(policy.check, column) === 'open') parts.push('WITH CHECK');
  return parts;
}

/** One statement that mends everything that rules find at a policy, so that mending one finding does not undo another. */
export function mendPolicy(survey: Survey, table: TenantTable, policy: PolicyFact): string[] {
  const { tenantColumn, setting } = survey.parameters;
  const standard = tenantExpression(survey, table);
  const mended = (expression: string): string => {
    const reads = survey.facts.functions.some(
      ({ oid, readsSetting }) => policy.functions.includes(oid) && readsSetting,
    );
    const bound = bindingOf(expression, tenantColumn) !== 'open';
    return bound && (expression.includes(setting) || reads) ? mendSettingReads(expression, setting) : standard;
  };
  const using = policy.using === null ? standard : mended(policy.using);
  const check = policy.check === null ? using : mended(policy.check);
  const clauses = [
    ...(policy.command === 'INSERT' ? [] : [`USING (${using})`]),
    ...(policy.command === 'SELECT' || policy.command === 'DELETE' ? [] : [`WITH CHECK (${check})`]),
  ];
  return [`ALTER POLICY ${quoteName(policy.name)} ON ${qualifiedName(table)} ${clauses.join(' ')};`];
}
