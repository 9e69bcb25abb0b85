/** The tables of tenants that a view reads, through any number of other views. */
import type { RelationFact } from './facts.ts';
import type { Survey, TenantTable } from './survey.ts';

export function tenantTablesBehind(survey: Survey, view: RelationFact): TenantTable[] {
  const reached = [...view.reads];
  for (const oid of reached) {
    const relation = survey.relation(oid);
    for (const next of relation?.reads ?? []) if (!reached.includes(next)) reached.push(next);
  }
  return [...survey.tables, ...survey.children].filter(({ oid }) => reached.includes(oid));
}
