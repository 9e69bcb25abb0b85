/** A reference between two tables of tenants that may lead from one tenant to another. */
import type { ForeignKeyFact } from '../facts.ts';
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';
import type { Survey, TenantTable } from '../survey.ts';

/** In bytes; what is longer Postgres cuts off. */
const LONGEST_NAME = 63;

export const foreignKeyWithoutTenant: Rule = {
  id: 'foreign-key-without-tenant',
  level: 'error',
  title: 'Foreign key that may cross tenants',
  why: 'Foreign keys are checked past the policies: a row can refer to another tenant’s, and whether that is refused tells which ids exist.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) =>
    survey.facts.foreignKeys.flatMap((key): Problem[] => {
      const child = survey.tables.find(({ oid }) => oid === key.relation);
      const parent = survey.tables.find(({ oid }) => oid === key.target);
      if (child === undefined || parent === undefined || carriesTenant(key, child, parent)) return [];
      return [
        {
          object: `${qualifiedName(child)}.${quoteName(key.name)}`,
          what: `${key.definition} does not carry ${survey.parameters.tenantColumn}`,
          fix: widen(survey, key, child, parent),
        },
      ];
    }),
};

function carriesTenant({ columns, targetColumns }: ForeignKeyFact, child: TenantTable, parent: TenantTable): boolean {
  return columns.some(
    (column, place) => column === child.tenantColumn.number && targetColumns[place] === parent.tenantColumn.number,
  );
}

/** The index may serve several keys; rows that already lead to another tenant make the last statement fail, and must be mended by hand. */
function widen(survey: Survey, key: ForeignKeyFact, child: TenantTable, parent: TenantTable): string[] {
  const nameOf = (table: TenantTable, number: number) =>
    table.columns.find((column) => column.number === number)?.name ?? '';
  const tenant = survey.parameters.tenantColumn;
  const own = key.columns.map((number) => quoteName(nameOf(child, number)));
  const columns = [quoteName(tenant), ...own].join(', ');
  const targetNames = [tenant, ...key.targetColumns.map((number) => nameOf(parent, number))];
  const targetColumns = targetNames.map(quoteName).join(', ');
  // What follows the referenced columns: MATCH, ON DELETE, DEFERRABLE.
  const rest = key.definition
    .replace(/^FOREIGN KEY \([^)]*\) REFERENCES [^(]*\([^)]*\)/, '')
    .replace(/ NOT VALID$/, '');
  const index = quoteName(`${parent.name}_${targetNames.join('_')}_key`.slice(0, LONGEST_NAME));
  const numbers = new Set([parent.tenantColumn.number, ...key.targetColumns]);
  const indexed = survey.facts.indexes.some(
    ({ relation, unique, partial, keys }) =>
      relation === parent.oid &&
      unique &&
      !partial &&
      keys.length === numbers.size &&
      keys.every((key) => numbers.has(key)),
  );
  return [
    ...(indexed ? [] : [`CREATE UNIQUE INDEX IF NOT EXISTS ${index} ON ${qualifiedName(parent)} (${targetColumns});`]),
    `ALTER TABLE ${qualifiedName(child)} DROP CONSTRAINT ${quoteName(key.name)};`,
    `ALTER TABLE ${qualifiedName(child)} ADD CONSTRAINT ${quoteName(key.name)} FOREIGN KEY (${columns}) ` +
      `REFERENCES ${qualifiedName(parent)} (${targetColumns})${forTenant(rest, own, survey.facts.serverVersion)};`,
  ];
}

/** Emptying the whole key would empty the tenant as well: since Postgres 15 ON DELETE can name what is emptied. */
function forTenant(actions: string, columns: readonly string[], serverVersion: number): string {
  return actions.replace(/ ON (UPDATE|DELETE) SET (NULL|DEFAULT)(?! \()/g, (_action, event: string, value: string) =>
    event === 'DELETE' && serverVersion >= 150_000
      ? ` ON DELETE SET ${value} (${columns.join(', ')})`
      : ` ON ${event} NO ACTION`,
  );
}
