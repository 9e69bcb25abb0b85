/** What holds tenants' rows behind a view or a rule, through any number of other views. */
import type { RelationFact } from './facts.ts';
import type { Survey, TenantTable } from './survey.ts';

/** The tables of tenants among these relations and what they read. */
export function tenantTablesBehind(survey: Survey, named: readonly number[]): TenantTable[] {
  const reached = reachedBy(survey, named, () => true);
  return [...survey.tables, ...survey.children].filter(({ oid }) => reached.includes(oid));
}

/**
 * What it reads that no policy binds, whoever asks: a materialised view or a foreign table of tenants' rows, a partition or child that
 * is named itself and has no row security. Other tables without it are findings of their own.
 */
export function unboundBehind(survey: Survey, view: RelationFact): RelationFact[] {
  // What a materialised view was made of is not read again.
  const reached = reachedBy(survey, view.reads, ({ kind }) => kind === 'view');
  const unprotected = survey.children.filter(({ rowSecurity }) => !rowSecurity);
  return survey.facts.relations.filter(
    (relation) =>
      reached.includes(relation.oid) &&
      (holdsTenants(survey, relation) || unprotected.some(({ oid }) => oid === relation.oid)),
  );
}

/** Whether it is a relation that cannot have policies, and has rows of tenants. */
export function holdsTenants(survey: Survey, relation: RelationFact): boolean {
  if (relation.kind === 'foreign') {
    return relation.columns.some(({ name }) => name === survey.parameters.tenantColumn);
  }
  return relation.kind === 'materialised' && tenantTablesBehind(survey, relation.reads).length > 0;
}

function reachedBy(survey: Survey, named: readonly number[], goesOn: (relation: RelationFact) => boolean): number[] {
  const reached = [...named];
  for (const oid of reached) {
    const relation = survey.relation(oid);
    if (relation === undefined || !goesOn(relation)) continue;
    for (const next of relation.reads) if (!reached.includes(next)) reached.push(next);
  }
  return reached;
}
