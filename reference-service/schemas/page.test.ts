/** Unit tests of pages and cursors. */
import { describe, expect, it } from 'vitest';
import { encodeCursor, pageQuery, toPage } from './page.ts';

const page = pageQuery('time', 'uuid');
const keys = ['2026-01-02T03:04:05.678901Z', '7a7f9d3e-3f0e-4c3a-9c51-0d2f3b1c2a10'];

describe('page parameters', () => {
  it('default to the first fifty', () => {
    expect(page.parse({})).toEqual({ limit: 50, cursor: null });
  });

  it('take a cursor back as the keys it was made of', () => {
    expect(page.parse({ limit: '7', cursor: encodeCursor(keys) })).toEqual({ limit: 7, cursor: keys });
  });

  it.each(['0', '201', '1.5', 'many', '-1', ''])('refuse the limit %j', (limit) => {
    expect(page.safeParse({ limit }).success).toBe(false);
  });

  it.each([
    ['no JSON', 'AAAA'],
    ['no list', Buffer.from('{}').toString('base64url')],
    ['too few keys', encodeCursor(['2026-01-02T03:04:05Z'])],
    ['a key of another kind', encodeCursor(["2026-01-02T03:04:05Z'; drop table trades", keys[1] ?? ''])],
    ['a time that is none', encodeCursor(['2026-13-02T03:04:05Z', keys[1] ?? ''])],
    ['nothing', ''],
  ])('refuse a cursor that is %s', (_what, cursor) => {
    expect(page.safeParse({ cursor }).success).toBe(false);
  });

  it('refuse parameters that do not exist', () => {
    expect(page.safeParse({ offset: '10' }).success).toBe(false);
  });
});

describe('toPage', () => {
  const keysOf = (row: number) => [String(row)];

  it('ends when there was no row more than the limit', () => {
    expect(toPage([1, 2, 3], 3, keysOf)).toEqual({ items: [1, 2, 3], nextCursor: null });
    expect(toPage([], 3, keysOf)).toEqual({ items: [], nextCursor: null });
  });

  it('cuts the row too many off and goes on after the last one shown', () => {
    expect(toPage([1, 2, 3, 4], 3, keysOf)).toEqual({ items: [1, 2, 3], nextCursor: encodeCursor(['3']) });
  });
});
