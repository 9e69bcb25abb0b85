/** Who the application is taken for, and that a role without any use proves nothing. */
import { describe, expect, it } from 'vitest';
import type { CatalogueFacts, Grant, InspectParameters } from './facts.ts';
import { inspectCatalogue, likelyTenantColumns, outcomeOf } from './inspect.ts';

const parameters: InspectParameters = { tenantColumn: 'tenant_id', setting: 'app.tenant_id', roles: [], schemas: [] };
const read = `( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")`;
const expression = `(tenant_id = ${read})`;

/** One table as it should be, of the role `maker`, with these grants; roles web, maker and idle may log in. */
function factsWith(grants: Grant[], memberships: CatalogueFacts['memberships'] = []): CatalogueFacts {
  const role = (name: string) => ({
    ...{ name, superuser: name === 'root', bypassRls: false, replication: false, createRole: false, login: true },
  });
  const column = { number: 1, name: 'tenant_id', type: 'uuid', notNull: true, default: null };
  return {
    ...{ serverVersion: 180_004, database: 'shop', databaseOwner: 'root', databaseGrants: [], user: 'root' },
    schemas: [{ name: 'public', owner: 'root', grants: [] }],
    relations: [
      {
        ...{ oid: 1, schema: 'public', name: 'orders', kind: 'table', owner: 'maker', rowSecurity: true, forced: true },
        ...{ securityInvoker: false, parents: [], grants, columns: [column], reads: [] },
      },
    ],
    policies: [
      {
        ...{ relation: 1, name: 'tenant', permissive: true, command: 'ALL', roles: [null] },
        ...{ using: expression, check: expression, functions: [] },
      },
    ],
    indexes: [
      {
        ...{ oid: 2, relation: 1, schema: 'public', name: 'orders_idx', unique: false, primary: false, valid: true },
        ...{ partial: false, keys: [1], definition: '', constraint: null },
      },
    ],
    ...{ foreignKeys: [], functions: [], triggers: [], rewriteRules: [], memberships, presets: [], publications: [] },
    roles: ['web', 'maker', 'idle', 'root'].map(role),
  };
}

const toWeb: Grant = { grantee: 'web', privilege: 'SELECT', column: null };
const rolesOf = (facts: CatalogueFacts) =>
  inspectCatalogue(facts, parameters).survey.applicationRoles.map(({ name }) => name);

describe('the application', () => {
  it('is who was granted something, directly or through a role', () => {
    expect(rolesOf(factsWith([toWeb]))).toEqual(['web']);
    const group: Grant = { grantee: 'readers', privilege: 'SELECT', column: 'tenant_id' };
    const member = { role: 'readers', member: 'idle', inherit: true, set: false, admin: false };
    expect(rolesOf(factsWith([group], [member]))).toEqual(['idle']);
    expect(rolesOf(factsWith([group], [{ ...member, inherit: false }]))).toEqual(['maker']);
  });

  it('is who may write all tables at once, beside those who were granted one', () => {
    const member = { role: 'pg_write_all_data', member: 'idle', inherit: true, set: false, admin: false };
    expect(rolesOf(factsWith([toWeb], [member]))).toEqual(['web', 'idle']);
    expect(rolesOf(factsWith([], [member]))).toEqual(['idle']);
  });

  it('is who may read all tables, or what everybody may, only where nobody was granted more', () => {
    const member = { role: 'pg_read_all_data', member: 'idle', inherit: true, set: false, admin: false };
    expect(rolesOf(factsWith([toWeb], [member]))).toEqual(['web']);
    expect(rolesOf(factsWith([], [member]))).toEqual(['idle']);
    const toPublic: Grant = { grantee: null, privilege: 'SELECT', column: null };
    expect(rolesOf(factsWith([toWeb, toPublic]))).toEqual(['web']);
    expect(rolesOf(factsWith([toPublic]))).toEqual(['web', 'idle']);
  });

  it('is the owner, where nobody else may use the tables: then that is the finding', () => {
    const inspection = inspectCatalogue(factsWith([]), parameters);
    expect(inspection.findings.map(({ rule, object }) => [rule, object])).toEqual([['role-owns-tables', 'maker']]);
    expect(outcomeOf(inspection)).toBe('fail');
  });

  it('passes with a table as it should be, and not when it may use none', () => {
    expect(outcomeOf(inspectCatalogue(factsWith([toWeb]), parameters))).toBe('pass');
    const idle = inspectCatalogue(factsWith([toWeb]), { ...parameters, roles: ['idle'] });
    expect(idle.findings).toEqual([]);
    expect(outcomeOf(idle)).toBe('inconclusive');
  });
});

describe('what the application may become', () => {
  const errorsOf = (facts: CatalogueFacts) =>
    inspectCatalogue(facts, parameters)
      .findings.filter(({ level }) => level === 'error')
      .map(({ rule, object, fix }) => [rule, object, ...fix]);

  it('is what it may give itself too', () => {
    const step = { role: 'readers', member: 'web', inherit: false, set: false, admin: true };
    const owner = { role: 'maker', member: 'readers', inherit: true, set: true, admin: false };
    expect(errorsOf(factsWith([toWeb], [step, owner]))).toEqual([
      ['role-member-of-privileged', 'web.maker', 'REVOKE readers FROM web;'],
    ]);
    expect(errorsOf(factsWith([toWeb], [{ ...step, admin: false }, owner]))).toEqual([]);
  });

  it('is every role, with CREATEROLE before Postgres 16', () => {
    const facts = factsWith([toWeb]);
    const roles = facts.roles.map((role) => ({ ...role, createRole: role.name === 'web' }));
    expect(errorsOf({ ...facts, roles })).toEqual([]);
    expect(errorsOf({ ...facts, roles, serverVersion: 150_010 })).toEqual([
      ['role-member-of-privileged', 'web.web', 'ALTER ROLE web NOCREATEROLE;'],
    ]);
  });

  it('is not bound by policies where it replicates', () => {
    const facts = factsWith([toWeb]);
    const replicating = (bypassRls: boolean) => ({
      ...facts,
      roles: facts.roles.map((role) => (role.name === 'web' ? { ...role, bypassRls, replication: true } : role)),
    });
    expect(errorsOf(replicating(false))).toEqual([['role-bypasses-policies', 'web', 'ALTER ROLE web NOREPLICATION;']]);
    expect(errorsOf(replicating(true))).toEqual([
      ['role-bypasses-policies', 'web', 'ALTER ROLE web NOBYPASSRLS NOREPLICATION;'],
    ]);
  });
});

it('columns that may be the tenant’s are those of several tables', () => {
  const facts = factsWith([]);
  const [table] = facts.relations;
  if (table === undefined) throw new Error('there is no table');
  const column = { number: 2, name: 'org_id', type: 'uuid', notNull: true, default: null };
  const relations = [1, 2, 3].map((oid) => ({ ...table, oid, columns: oid === 3 ? [] : [column] }));
  expect(likelyTenantColumns({ ...facts, relations })).toEqual([{ column: 'org_id', tables: 2 }]);
});
