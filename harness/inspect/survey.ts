/** The facts with what every rule asks of them worked out: which tables hold tenants' rows, who the application is, what it may do. */
import type {
  CatalogueFacts,
  ColumnFact,
  Grant,
  InspectParameters,
  MembershipFact,
  PolicyFact,
  RelationFact,
  RoleFact,
} from './facts.ts';

export interface TenantTable extends RelationFact {
  tenantColumn: ColumnFact;
}

/** A role that stands for the application, and every role whose rights it has or can take. */
export interface ApplicationRole extends RoleFact {
  /** Itself first. */
  reaches: string[];
}

export interface Survey {
  facts: CatalogueFacts;
  parameters: InspectParameters;
  /** Tables and partitioned tables with the tenant column that policies can protect, partitions not among them. */
  tables: TenantTable[];
  /** Partitions and inheritance children with the tenant column. */
  children: TenantTable[];
  applicationRoles: ApplicationRole[];
  /** Whether the roles were named, or found by what they may do. */
  rolesGiven: boolean;
  relation(oid: number): RelationFact | undefined;
  role(name: string): RoleFact | undefined;
  policiesOf(relation: RelationFact): PolicyFact[];
}

/** Predefined roles with rights on every table (documentation, "Predefined Roles"). */
const readsAllData = 'pg_read_all_data';
const writesAllData = 'pg_write_all_data';

export const dataPrivileges = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

export function surveyCatalogue(facts: CatalogueFacts, parameters: InspectParameters): Survey {
  const byOid = new Map(facts.relations.map((relation) => [relation.oid, relation]));
  const byName = new Map(facts.roles.map((role) => [role.name, role]));
  const policies = Map.groupBy(facts.policies, ({ relation }) => relation);
  const withTenant = facts.relations
    .filter(({ kind, schema }) => (kind === 'table' || kind === 'partitioned') && inScope(parameters, schema))
    .flatMap((relation): TenantTable[] => {
      const tenantColumn = relation.columns.find(({ name }) => name === parameters.tenantColumn);
      return tenantColumn === undefined ? [] : [{ ...relation, tenantColumn }];
    });
  const isChild = ({ parents }: TenantTable) =>
    parents.some((oid) => withTenant.some((relation) => relation.oid === oid));
  return {
    facts,
    parameters,
    tables: withTenant.filter((relation) => !isChild(relation)),
    children: withTenant.filter(isChild),
    applicationRoles: findApplicationRoles(facts, parameters, withTenant),
    rolesGiven: parameters.roles.length > 0,
    relation: (oid) => byOid.get(oid),
    role: (name) => byName.get(name),
    policiesOf: ({ oid }) => policies.get(oid) ?? [],
  };
}

export function inScope({ schemas }: InspectParameters, schema: string): boolean {
  return schemas.length === 0 || schemas.includes(schema);
}

/**
 * Named ones; else every role that may log in, is no superuser, and was granted something on a table of tenants, or writing on all
 * tables at once. Where there is none, those who may read all tables, or whatever PUBLIC was granted. Whoever owns the tables migrates
 * them and is not counted, unless nobody else is there: then the application logs in as the owner.
 */
function findApplicationRoles(
  facts: CatalogueFacts,
  { roles: named }: InspectParameters,
  tables: readonly TenantTable[],
): ApplicationRole[] {
  const withReach = (role: RoleFact): ApplicationRole => ({ ...role, reaches: reachOf(facts, role.name) });
  if (named.length > 0) return facts.roles.filter(({ name }) => named.includes(name)).map(withReach);
  const owners = new Set(tables.map(({ owner }) => owner));
  const logins = facts.roles.filter(({ login, superuser }) => login && !superuser).map(withReach);
  const isOwner = ({ name }: RoleFact): boolean => owners.has(name);
  const isGranted = ({ reaches }: ApplicationRole): boolean =>
    reaches.includes(writesAllData) ||
    tables.some(({ grants }) => grants.some(({ grantee }) => grantee !== null && reaches.includes(grantee)));
  const isMember = ({ reaches }: ApplicationRole): boolean => reaches.some((name) => owners.has(name));
  // Not beside others: a backup reads all tables too, and everybody is of PUBLIC. Neither is an application for that.
  const mayRead = ({ reaches }: ApplicationRole): boolean =>
    reaches.includes(readsAllData) || tables.some(({ grants }) => grants.some(({ grantee }) => grantee === null));
  const others = logins.filter((role) => !isOwner(role));
  const granted = others.filter(isGranted);
  const found = [...granted, ...others.filter((role) => isMember(role) && !granted.includes(role))];
  for (const candidates of [found, others.filter(mayRead)]) if (candidates.length > 0) return candidates;
  return logins.filter(isOwner);
}

/** Whether the member has the role's rights, may become it, or may give itself either. */
export const gives = ({ inherit, set, admin }: MembershipFact): boolean => inherit || set || admin;

/** Roles whose rights the role has (inherit), may take (set role) or may give itself (admin), over any number of steps; itself first. */
export function reachOf({ memberships }: CatalogueFacts, start: string): string[] {
  const reached = [start];
  for (const name of reached) {
    for (const membership of memberships) {
      const { role, member } = membership;
      if (member === name && gives(membership) && !reached.includes(role)) reached.push(role);
    }
  }
  return reached;
}

/** The grants by which an application role has the privilege, its own, inherited ones and PUBLIC's; what owning gives is not among them. */
export function grantsTo(role: ApplicationRole, grants: readonly Grant[], privilege: string): Grant[] {
  return grants.filter(
    (grant) => grant.privilege === privilege && (grant.grantee === null || role.reaches.includes(grant.grantee)),
  );
}

/** Those that have a privilege on every table. */
const everywhere: Record<string, string> = {
  SELECT: readsAllData,
  INSERT: writesAllData,
  UPDATE: writesAllData,
  DELETE: writesAllData,
};

/** Whether a role may do that on a relation, by a grant (a column's is enough), on all tables at once, or by owning it. */
export function may(role: ApplicationRole, relation: RelationFact, privilege: string): boolean {
  const byRole = role.reaches.some((name) => name === relation.owner || name === everywhere[privilege]);
  return role.superuser || byRole || grantsTo(role, relation.grants, privilege).length > 0;
}

/** Whether anybody of the application may use anything at all: a role that may not has nothing to be judged by. */
export function isUsed(survey: Survey): boolean {
  return survey.facts.relations.some((relation) => usersOf(survey, relation).length > 0);
}

/** The application roles that may read or write the relation at all. */
export function usersOf({ applicationRoles }: Survey, relation: RelationFact): ApplicationRole[] {
  return applicationRoles.filter((role) => dataPrivileges.some((privilege) => may(role, relation, privilege)));
}

/** Whether the policy is one of those that the application meets. Without a known application every policy is. */
export function appliesToApplication({ applicationRoles }: Survey, { roles }: PolicyFact): boolean {
  if (applicationRoles.length === 0 || roles.includes(null)) return true;
  return applicationRoles.some(({ reaches }) => roles.some((name) => name !== null && reaches.includes(name)));
}
