/** The draws and the tenant check of the k6 scripts, in the parts that need nothing of k6. */
import { describe, expect, it } from 'vitest';
import { drawWeighted, randomUuid, seededRandom, shuffled, weighted } from '../../scenarios/lib/random.ts';
import { carriesOwnMark, foreignMark } from '../../scenarios/lib/tenant-check.ts';

const draws = (seed: number, stream: number, count: number) => {
  const random = seededRandom(seed, stream);
  return Array.from({ length: count }, random);
};

describe('seededRandom', () => {
  it('repeats itself for a seed and a stream, and differs in every other', () => {
    expect(draws(1, 1, 50)).toEqual(draws(1, 1, 50));
    const firsts = new Set(Array.from({ length: 500 }, (_, stream) => draws(1, stream, 1)[0]));
    expect(firsts.size).toBe(500);
    expect(draws(1, 2, 1)).not.toEqual(draws(2, 1, 1));
  });

  it('fills [0, 1) evenly', () => {
    const bins = new Array<number>(10).fill(0);
    for (const value of draws(3, 4, 100_000)) bins[Math.floor(value * 10)]! += 1;
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('has no streams that follow one another', () => {
    const [a, b] = [draws(1, 1, 2_000), draws(1, 2, 2_000)];
    const correlation =
      a.reduce((sum, value, index) => sum + (value - 0.5) * ((b[index] ?? 0) - 0.5), 0) / (2_000 / 12);
    expect(Math.abs(correlation)).toBeLessThan(0.08);
  });
});

describe('draws', () => {
  it('take each item in proportion to its weight, and one without weight never', () => {
    const random = seededRandom(1, 1);
    const table = weighted(['a', 'b', 'c'], (item) => ({ a: 1, b: 0, c: 3 })[item] ?? 0);
    const counts = { a: 0, b: 0, c: 0 };
    for (let draw = 0; draw < 40_000; draw += 1) counts[drawWeighted(random, table) as 'a' | 'b' | 'c'] += 1;
    expect(counts.b).toBe(0);
    expect(counts.c / counts.a).toBeGreaterThan(2.8);
    expect(counts.c / counts.a).toBeLessThan(3.2);
  });

  it('shuffle three arms into each of the six orders about as often', () => {
    const random = seededRandom(1, 1);
    const orders = new Map<string, number>();
    for (let draw = 0; draw < 6_000; draw += 1) {
      const order = shuffled(random, ['r', 'f', 'b']).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it('make ids of the form that the service checks', () => {
    expect(randomUuid(seededRandom(1, 1))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('foreignMark', () => {
  const own = { id: '11111111-1111-4111-8111-111111111111', canary: 'cnry_aaaaaaaaaaaa' };
  const item = (tenantId: string, note: string) => `{"id":"x","tenantId":"${tenantId}","note":"${note}"}`;

  it('lets the caller’s own rows pass, however many', () => {
    expect(foreignMark(`{"items":[${item(own.id, own.canary)},${item(own.id, `a ${own.canary}`)}]}`, own)).toBeNull();
    expect(foreignMark('{"items":[],"nextCursor":null}', own)).toBeNull();
  });

  it.each([
    [
      'a foreign tenantId among own rows',
      `[${item(own.id, own.canary)},${item('2222', own.canary)}]`,
      '"tenantId":"2222"',
    ],
    ['a foreign canary in a row that claims to be own', item(own.id, 'cnry_bbbbbbbbbbbb'), 'cnry_bbbbbbbbbbbb'],
    ['a row of no tenant', '{"tenantId":null}', '"tenantId":null'],
    ['a tenantId in an unexpected form', `{"tenantId" : "${own.id}"}`, '"tenantId" : '],
  ])('finds %s', (_what, body, mark) => {
    expect(foreignMark(body, own)).toContain(mark);
  });

  it('knows whether the caller’s own mark is there at all', () => {
    expect(carriesOwnMark(item(own.id, ''), own)).toBe(true);
    expect(carriesOwnMark('{"items":[]}', own)).toBe(false);
  });
});
