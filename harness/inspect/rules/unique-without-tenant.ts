/** A unique key over all tenants: a refused insert tells that somebody else has the value. */
import type { IndexFact } from '../facts.ts';
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';
import type { Survey, TenantTable } from '../survey.ts';

export const uniqueWithoutTenant: Rule = {
  id: 'unique-without-tenant',
  level: 'warn',
  title: 'Unique key over all tenants',
  why: 'Unique keys are checked past the policies: one tenant cannot use a value that another has, and by being refused learns that it does.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) =>
    survey.tables.flatMap((table) =>
      survey.facts.indexes
        .filter(
          ({ relation, unique, keys }) =>
            relation === table.oid && unique && !keys.includes(table.tenantColumn.number) && !isRandom(table, keys),
        )
        .map((index) => problemOf(survey, table, index)),
    ),
};

/** Nobody guesses a uuid, so nothing is learnt by trying one. */
function isRandom(table: TenantTable, keys: readonly number[]): boolean {
  return keys.every((number) => table.columns.find((column) => column.number === number)?.type === 'uuid');
}

function problemOf(survey: Survey, table: TenantTable, index: IndexFact): Problem {
  const tenant = quoteName(survey.parameters.tenantColumn);
  const name = `${qualifiedName(table)}.${quoteName(index.constraint ?? index.name)}`;
  const columns = index.keys.map((number) => table.columns.find((column) => column.number === number)?.name);
  const listed = columns.map((column) => column ?? 'an expression').join(', ');
  // A number is counted up by the database: trying them tells how many there are, and little else.
  if (index.primary)
    return { object: name, what: `the primary key (${listed}) is one for all tenants`, fix: [], level: 'info' };
  return { object: name, what: `(${listed}) is unique over all tenants`, fix: widen(survey, table, index, tenant) };
}

function widen(survey: Survey, table: TenantTable, index: IndexFact, tenant: string): string[] {
  // A key of another table relies on it: that one goes first, by the fix of its own finding.
  if (survey.facts.foreignKeys.some(({ targetIndex }) => targetIndex === index.oid)) return [];
  const definition = index.definition.replace(/ USING (\w+) \(/, ` USING $1 (${tenant}, `);
  if (index.constraint === null) {
    return [`DROP INDEX ${quoteName(index.schema)}.${quoteName(index.name)};`, `${definition};`];
  }
  const columns = index.keys.map((number) =>
    quoteName(table.columns.find((column) => column.number === number)?.name ?? ''),
  );
  const constraint = quoteName(index.constraint);
  const nulls = index.definition.includes(' NULLS NOT DISTINCT') ? ' NULLS NOT DISTINCT' : '';
  return [
    `ALTER TABLE ${qualifiedName(table)} DROP CONSTRAINT ${constraint};`,
    `ALTER TABLE ${qualifiedName(table)} ADD CONSTRAINT ${constraint} UNIQUE${nulls} (${[tenant, ...columns].join(', ')});`,
  ];
}
