/** Expressions as pg_get_expr prints them: what binds a row to a tenant, what does not, and how the setting is read. */
import { describe, expect, it } from 'vitest';
import { bindingOf, mendSettingReads, readsOfSetting, stripParentheses } from './policy-expression.ts';

const read = `current_setting('app.tenant_id'::text, true)`;
const good = `(tenant_id = ( SELECT (NULLIF(${read}, ''::text))::uuid AS "nullif"))`;

describe('bindingOf', () => {
  it.each([
    [good, 'bound'],
    [`(( SELECT (NULLIF(${read}, ''::text))::uuid AS "nullif") = tenant_id)`, 'bound'],
    [`((tenant_id)::text = ${read})`, 'bound'],
    ['(tenant_id = ANY (ARRAY[app.mine()]))', 'bound'],
    ['(tenant_id IN ( SELECT m.tenant_id FROM members m WHERE (m.user_id = app.me())))', 'bound'],
    [`(${good} AND (deleted_at IS NULL))`, 'bound'],
    [`(${good} AND (a OR b))`, 'bound'],
    [`(("current_user"() = 'x'::name) AND (note <> ' OR '::text) AND ${good})`, 'bound'],
    [`(${good} OR (tenant_id = app.partner_of_tenant()))`, 'bound'],
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
    ['app.may_see(tenant_id)', 'unclear'],
    [`(NOT (tenant_id IS DISTINCT FROM (${read})::uuid))`, 'unclear'],
    [`(app.may_see(tenant_id) OR ${good})`, 'unclear'],
  ])('%s is %s', (expression, binding) => {
    expect(bindingOf(expression, 'tenant_id')).toBe(binding);
  });

  it('of no expression is open, and a column that needs quotes is known by them', () => {
    expect(bindingOf(null, 'tenant_id')).toBe('open');
    expect(bindingOf('("tenantId" = app.mine())', 'tenantId')).toBe('bound');
    expect(bindingOf('(tickets."tenantId" = app.mine())', 'tenantId')).toBe('bound');
  });
});

describe('readsOfSetting', () => {
  it.each([
    [good, { count: 1, failing: 0, perRow: 0 }],
    [`(tenant_id = (NULLIF(${read}, ''::text))::uuid)`, { count: 1, failing: 0, perRow: 1 }],
    [`(tenant_id = (${read})::uuid)`, { count: 1, failing: 1, perRow: 1 }],
    [
      `(tenant_id = ( SELECT (current_setting('app.tenant_id'::text))::uuid AS current_setting))`,
      { count: 1, failing: 1, perRow: 0 },
    ],
    [`(tenant_id = (current_setting('app.tenant_id'::text, false))::uuid)`, { count: 1, failing: 1, perRow: 1 }],
    [`(tenant_id = (current_setting('app.tenant'::text, true))::uuid)`, { count: 0, failing: 0, perRow: 0 }],
  ])('%s', (expression, reads) => {
    expect(readsOfSetting(expression, 'app.tenant_id', true)).toEqual(reads);
  });

  it('lets a column of text do without nullif', () => {
    expect(readsOfSetting(`(tenant_id = ${read})`, 'app.tenant_id', false).failing).toBe(0);
  });
});

describe('mendSettingReads', () => {
  it.each([
    [`(tenant_id = (${read})::uuid)`],
    [`((tenant_id = (current_setting('app.tenant_id'::text))::uuid) AND (note = ANY (ARRAY['a', 'b'])))`],
    [`(tenant_id = ( SELECT (current_setting('app.tenant_id'::text))::uuid AS current_setting))`],
    [`(tenant_id = (NULLIF(${read}, ''::text))::uuid)`],
  ])('leaves nothing to find in %s, and the rest as it is', (expression) => {
    const mended = mendSettingReads(expression, 'app.tenant_id');
    expect(readsOfSetting(mended, 'app.tenant_id', true)).toEqual({ count: 1, failing: 0, perRow: 0 });
    expect(mendSettingReads(mended, 'app.tenant_id')).toBe(mended);
    expect(bindingOf(mended, 'tenant_id')).toBe('bound');
  });
});

describe('stripParentheses', () => {
  it.each([
    ['((a))', 'a'],
    ['(a) = (b)', '(a) = (b)'],
    [`(a = ')')`, `a = ')'`],
    ['(a', '(a'],
  ])('%s → %s', (text, stripped) => {
    expect(stripParentheses(text)).toBe(stripped);
  });
});
