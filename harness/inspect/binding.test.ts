/** Expressions as pg_get_expr prints them, and bodies of functions as people write them: what binds a row to a tenant, and what does not. */
import { describe, expect, it } from 'vitest';
import { bindingOf, type BindingContext } from './binding.ts';
import type { FunctionFact } from './facts.ts';

const read = `current_setting('app.tenant_id'::text, true)`;
const good = `(tenant_id = ( SELECT (NULLIF(${read}, ''::text))::uuid AS "nullif"))`;

function functionOf(name: string, parameters: string[], body: string | null, settings: string[] = []): FunctionFact {
  return {
    ...{ oid: 1, schema: 'app', name, arguments: '', owner: 'o', definer: false, leakproof: false, grants: [] },
    ...{ returnsTrigger: false, fixedSearchPath: false, settings },
    expression: body === null ? null : { parameters, body },
  };
}

const functions = [
  functionOf('anything', ['t'], ' select true '),
  functionOf(
    'is_mine',
    ['t'],
    ` select t = NULLIF(current_setting('app.tenant_id', true), '')::uuid; -- of the tenant`,
  ),
  functionOf('is_mine_or_unset', ['t'], `select t = app.tenant() or app.tenant() is null`),
  functionOf('is_mine_by_number', [''], `RETURN ($1 = app.tenant())`),
  functionOf('is_mine_by_case', ['t'], `select case when t = app.tenant() then true else true end`),
  functionOf('tenant', [], `select nullif(current_setting('app.tenant_id', true), '')::uuid`, ['app.tenant_id']),
  functionOf('from_table', ['t'], `select t from tenants where id = app.tenant()`),
  functionOf('endless', ['t'], `select app.endless(t)`),
  functionOf('two_of_them', [], `select app.tenant()`, ['app.tenant_id']),
  functionOf('two_of_them', [], `select app.tenant()`, ['app.tenant_id']),
  functionOf('by_program', [], null, ['app.tenant_id']),
];
const contextOf = (tenantColumn: string): BindingContext => ({
  parameters: { tenantColumn, setting: 'app.tenant_id' },
  facts: { functions },
});

describe('bindingOf', () => {
  it.each([
    [good, 'bound'],
    [`(( SELECT (NULLIF(${read}, ''::text))::uuid AS "nullif") = tenant_id)`, 'bound'],
    [`((tenant_id)::text = ${read})`, 'bound'],
    [`(tenant_id = ANY (ARRAY[(${read})::uuid]))`, 'bound'],
    [`(${good} AND (deleted_at IS NULL))`, 'bound'],
    [`(${good} AND (a OR b))`, 'bound'],
    [`(("current_user"() = 'x'::name) AND (note <> ' OR '::text) AND ${good})`, 'bound'],
    [`(${good} AND (EXISTS ( SELECT 1\n   FROM x\n  WHERE (x.a = b))))`, 'bound'],
    [`(${good} OR (( SELECT (${read})::uuid AS current_setting) = tenant_id))`, 'bound'],
    [`(${good} AND\nCASE\n    WHEN a THEN true\n    ELSE b\nEND)`, 'bound'],
    ['false', 'bound'],
    ['(tenant_id = app.tenant())', 'bound'],
    ['app.is_mine(tenant_id)', 'bound'],
    ['app.is_mine_by_number(tenant_id)', 'bound'],
    ['( SELECT app.is_mine(cas.tenant_id) AS is_mine)', 'bound'],
    ['(tenant_id = ANY (ARRAY[app.mine()]))', 'elsewhere'],
    ['(tenant_id IN ( SELECT m.id FROM members m WHERE (m.user_id = app.me())))', 'elsewhere'],
    [`(tenant_id = (current_setting('app.account'::text, true))::uuid)`, 'elsewhere'],
    [`(${good} OR (tenant_id = app.partner_of_tenant()))`, 'elsewhere'],
    ['true', 'open'],
    ['(owner_id = app.me())', 'open'],
    [`(${good} OR published)`, 'open'],
    [`(${good} OR (${read} IS NULL))`, 'open'],
    [`(${good} OR (tenant_id IS NULL))`, 'open'],
    ['(tenant_id = tenant_id)', 'open'],
    [`(tenant_id = COALESCE((${read})::uuid, tenant_id))`, 'open'],
    ['(tenant_id <> app.mine())', 'open'],
    ['(tenant_id IS NOT NULL)', 'open'],
    [`(note = 'tenant_id = 1'::text)`, 'open'],
    ['(my_tenant_id = app.mine())', 'open'],
    ['app.anything(tenant_id)', 'open'],
    ['app.is_mine_or_unset(tenant_id)', 'open'],
    [`app.is_mine(other_id)`, 'open'],
    ['app.may_see(tenant_id)', 'unclear'],
    ['app.is_mine_by_case(tenant_id)', 'unclear'],
    ['app.endless(tenant_id)', 'unclear'],
    ['(tenant_id = app.two_of_them())', 'unclear'],
    ['(tenant_id = app.by_program())', 'unclear'],
    [`(NOT (tenant_id IS DISTINCT FROM (${read})::uuid))`, 'unclear'],
    [`(NOT ((tenant_id <> (${read})::uuid) AND (CURRENT_USER = 'x'::name)))`, 'unclear'],
    [`(NOT ${good})`, 'unclear'],
    [`((tenant_id)::text ~~ (${read} || '%'::text))`, 'unclear'],
    [`((tenant_id)::character(2) = (${read})::character(2))`, 'unclear'],
    [`(tenant_id = COALESCE((NULLIF(${read}, ''::text))::uuid, fallback))`, 'unclear'],
    [`((tenant_id)::text = ANY (string_to_array(${read}, ','::text)))`, 'unclear'],
    [`(EXISTS ( SELECT 1\n   FROM arr a\n  WHERE (a.tenant_id = (${read})::uuid)))`, 'unclear'],
    [`(tenant_id IN ( SELECT m.id FROM members m WHERE (m.user_id = (${read})::uuid)))`, 'unclear'],
    [`\nCASE\n    WHEN (${read} IS NULL) THEN true\n    ELSE ${good}\nEND`, 'unclear'],
    [`(${good} OR \nCASE\n    WHEN a THEN true\n    ELSE ${good}\nEND)`, 'unclear'],
    [`(app.may_see(tenant_id) OR ${good})`, 'unclear'],
    [`((tenant_id = (${read})::uuid) IS NOT TRUE)`, 'unclear'],
    [`(tenant_id = "nullif"(${read}, ''::text))`, 'unclear'],
    [`(tenant_id = E'\\\\'::text)`, 'unclear'],
  ])('%s is %s', (expression, binding) => {
    expect(bindingOf(expression, contextOf('tenant_id'))).toBe(binding);
  });

  it('of no expression is open, and a column that needs quotes is known by them', () => {
    const context = contextOf('tenantId');
    expect(bindingOf(null, context)).toBe('open');
    expect(bindingOf('("tenantId" = app.tenant())', context)).toBe('bound');
    expect(bindingOf('(tickets."tenantId" = app.tenant())', context)).toBe('bound');
  });
});
