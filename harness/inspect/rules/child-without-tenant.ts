/** A table that hangs on tenants' rows, and has neither their tenant nor policies of its own. */
import type { ForeignKeyFact, RelationFact } from '../facts.ts';
import { qualifiedName, quoteName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';
import { inScope, usersOf, type Survey } from '../survey.ts';

export const childWithoutTenant: Rule = {
  id: 'child-without-tenant',
  level: 'error',
  title: 'Child table without protection',
  why: 'Its rows belong to a tenant’s row, and its own policies would have to say so: without them everyone reads them all.',
  docs: documentation('ddl-rowsecurity'),
  find: (survey) => {
    const protectedOids = new Set([...survey.tables, ...survey.children].map(({ oid }) => oid));
    const found: { child: RelationFact; key: ForeignKeyFact; parent: RelationFact }[] = [];
    // Over any number of steps: a line of an item of an order.
    for (let before = -1; before < found.length;) {
      before = found.length;
      for (const key of survey.facts.foreignKeys) {
        const [child, parent] = [survey.relation(key.relation), survey.relation(key.target)];
        if (child === undefined || parent === undefined || child === parent) continue;
        const leads = protectedOids.has(parent.oid) || found.some((one) => one.child === parent);
        if (!leads || protectedOids.has(child.oid) || found.some((one) => one.child === child)) continue;
        found.push({ child, key, parent });
      }
    }
    return found.flatMap(({ child, key, parent }) => problemOf(survey, child, key, parent));
  },
};

function problemOf(survey: Survey, child: RelationFact, key: ForeignKeyFact, parent: RelationFact): Problem[] {
  const users = usersOf(survey, child);
  const bound = child.rowSecurity && survey.policiesOf(child).length > 0;
  if (users.length === 0 || bound || !inScope(survey.parameters, child.schema)) return [];
  const name = qualifiedName(child);
  const columnOf = (relation: RelationFact, number: number | undefined) =>
    quoteName(relation.columns.find((column) => column.number === number)?.name ?? '');
  const on = key.columns.map(
    (number, place) =>
      `parent.${columnOf(parent, key.targetColumns[place])} = ${quoteName(child.name)}.${columnOf(child, number)}`,
  );
  // The parent's policies hold within the subquery: it finds the row only where the caller may see it.
  const expression = `EXISTS (SELECT FROM ${qualifiedName(parent)} parent WHERE ${on.join(' AND ')})`;
  return [
    {
      object: name,
      what: `refers to ${parent.name} without ${survey.parameters.tenantColumn}, and ${users.map((user) => user.name).join(', ')} may use all of it`,
      fix: [
        `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`,
        `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY;`,
        `CREATE POLICY tenant_isolation ON ${name} USING (${expression}) WITH CHECK (${expression});`,
      ],
    },
  ];
}
