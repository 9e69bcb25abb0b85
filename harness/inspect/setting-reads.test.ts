/** How the text of a policy asks for the setting, and the same made strict. */
import { describe, expect, it } from 'vitest';
import { mendSettingReads, readsOfSetting } from './setting-reads.ts';

const read = `current_setting('app.tenant_id'::text, true)`;
const good = `(tenant_id = ( SELECT (NULLIF(${read}, ''::text))::uuid AS "nullif"))`;

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
  });
});
