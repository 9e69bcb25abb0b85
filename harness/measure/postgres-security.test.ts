import { describe, expect, it } from 'vitest';
import { type SecurityFacts, mergeSecurityFacts } from './postgres-security.ts';

const facts: SecurityFacts = {
  roles: [{ arm: 'rls', user: 'app', superuser: false, bypassRls: false, ownsTables: 0 }],
  tables: [{ name: 'trades', rowSecurity: true, forced: true, policies: 1 }],
  policies: ['trades | tenant_isolation | PERMISSIVE | {public} | ALL | (tenant_id = x) | (tenant_id = x)'],
};

describe('mergeSecurityFacts', () => {
  it('reports what held at both ends', () => {
    expect(mergeSecurityFacts(facts, structuredClone(facts))).toEqual({ roles: facts.roles, tables: facts.tables });
  });

  it.each([
    ['a role', { roles: [{ ...facts.roles[0]!, bypassRls: true }] }, 'roles were'],
    ['forced row security', { tables: [{ ...facts.tables[0]!, forced: false }] }, 'tables were'],
    ['the text of a policy, their number being the same', { policies: ['trades | open | true'] }, 'policies were'],
  ])('has no facts when %s changed in between', (_what, change, reason) => {
    expect(() => mergeSecurityFacts(facts, { ...facts, ...change })).toThrow(reason);
  });
});
