/** Unit tests of the SQL of pages. */
import { describe, expect, it } from 'vitest';
import { keysetList } from './keyset-list.ts';

const list = keysetList<{ id: string }>({
  name: 'test.list',
  select: 'select id from things',
  tenantColumn: 'tenant_id',
  keys: [
    { column: 'made_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'desc',
  filter: { column: 'kind', type: 'text' },
});

describe('keysetList', () => {
  it('begins at the top, and asks for one row more than the page', () => {
    const { statement, values } = list('t', { limit: 50, cursor: null });
    expect(statement.text).toBe('select id from things where tenant_id = $1 order by made_at desc, id desc limit $2');
    expect(values).toEqual(['t', 51]);
  });

  it('goes on after the last row, within the filter', () => {
    const { statement, values } = list('t', { limit: 1, cursor: ['a', 'b'], filter: 'x' });
    expect(statement.text).toBe(
      'select id from things where tenant_id = $1 and kind = $3::text' +
        ' and (made_at, id) < ($4::timestamptz, $5::uuid) order by made_at desc, id desc limit $2',
    );
    expect(values).toEqual(['t', 2, 'x', 'a', 'b']);
  });

  it('names each combination apart: a prepared statement has one text', () => {
    const requests = [null, ['a', 'b']].flatMap((cursor) =>
      [null, 'x'].map((filter) => ({ limit: 1, cursor, filter })),
    );
    expect(new Set(requests.map((request) => list('t', request).statement.name)).size).toBe(4);
  });
});
