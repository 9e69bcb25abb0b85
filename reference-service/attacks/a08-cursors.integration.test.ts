/** Attacks on the cursors of lists: another tenant's, changed ones, and such as were never made. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect } from 'vitest';
import { call, errorCode, itemsOf, serviceUrl, type Answer, type SeededTenant } from '../testing/api-client.ts';
import { as, mine, theirs } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { everyService } from './testing/every-service.ts';

const attack = attacksOf('A08');

/** Lists of which either tenant has a second page, so that the service itself makes a cursor. */
const lists = ['portfolios', 'signals', 'trades', 'orders', 'risk/limits', 'users', 'audit-events'] as const;

const readAs = async (tenant: SeededTenant, path: string, url = serviceUrl()): Promise<Answer> =>
  call('GET', `/api/v1/${path}`, { cookie: await as(tenant, 'admin'), url });
const read = (path: string): Promise<Answer> => readAs(mine, path);

beforeAll(async () => {
  for (const tenant of [mine, theirs]) {
    const options = { cookie: await as(tenant, 'admin'), body: { name: 'second', baseCurrency: 'EUR' } };
    expect((await call('POST', '/api/v1/portfolios', options)).status).toBe(201);
  }
});

/** The cursor behind the first row of a list, as the service made it. */
async function cursorIn(tenant: SeededTenant, list: string): Promise<string> {
  const first = await readAs(tenant, `${list}?limit=1`);
  const cursor = first.body['nextCursor'];
  expect([first.status, typeof cursor], `${list} has a second page`).toEqual([200, 'string']);
  return String(cursor);
}

const cursorOf = (...keys: unknown[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');
const keysOf = (cursor: string): unknown[] =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];

/** Cursors of the other lists, before whatever any tenant has; their form is no secret. */
const beforeAllRows = {
  positions: cursorOf('00000000-0000-0000-0000-000000000000', '0'),
  strategies: cursorOf('9999-12-31T00:00:00Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
};

/** As made, it goes on after the first row. */
async function untouchedGoesOn(): Promise<void> {
  for (const list of lists) {
    for (const tenant of [mine, theirs]) {
      const both = itemsOf(await readAs(tenant, `${list}?limit=2`));
      const second = await readAs(tenant, `${list}?limit=1&cursor=${await cursorIn(tenant, list)}`);
      expect([second.status, itemsOf(second)], list).toEqual([200, both.slice(1)]);
    }
  }
}

attack('another tenant’s cursor', {
  async control() {
    await untouchedGoesOn();
    for (const [list, cursor] of Object.entries(beforeAllRows)) {
      expect(itemsOf(await readAs(theirs, `${list}?cursor=${cursor}`)), list).not.toEqual([]);
    }
  },
  async attack() {
    const cursors = await Promise.all(lists.map(async (list) => [list, await cursorIn(theirs, list)] as const));
    const tenants: unknown[] = [];
    for (const [list, cursor] of [...cursors, ...Object.entries(beforeAllRows)]) {
      for (const url of everyService()) {
        const answer = await readAs(mine, `${list}?limit=200&cursor=${cursor}`, url);
        expect(answer.status, list).toBe(200);
        tenants.push(...itemsOf(answer).map(({ tenantId }) => tenantId));
      }
    }
    expect(new Set(tenants)).toEqual(new Set([mine.id]));
  },
});

/** What could be made of a cursor by whoever has one: every one is refused, none is skipped. */
async function expectAllRefused(list: string, changed: string[]): Promise<void> {
  const real = await cursorIn(mine, list);
  expect(new Set([real, ...changed]).size, 'each another').toBe(changed.length + 1);
  for (const cursor of changed) {
    const answer = await read(`${list}?limit=1&cursor=${encodeURIComponent(cursor)}`);
    expect(answer.status, cursor).toBe(400);
    expect(errorCode(answer), cursor).toBe('VALIDATION_FAILED');
  }
  expect((await read(`${list}?limit=1&cursor=${real}`)).status, 'the real one').toBe(200);
}

attack('a cursor that was changed, made up or blown up', {
  control: untouchedGoesOn,
  async attack() {
    const made = [
      cursorOf(),
      cursorOf('a'),
      cursorOf('1', '2'),
      cursorOf(1),
      cursorOf(null),
      cursorOf({}),
      cursorOf(['1']),
      cursorOf('1'.repeat(19)),
      cursorOf('-1'),
      cursorOf('9e9'),
    ];
    const event = await cursorIn(mine, 'audit-events');
    const cut = [event.slice(0, -4), event.slice(4), event.slice(1), `A${event}`, `${event}${event}`];
    const noise = ['', 'null', '\0', '==', 'a'.repeat(900), 'a'.repeat(2000), '{"id":1}'];
    await expectAllRefused('audit-events', [...made, ...cut, ...noise]);

    const [time, id] = keysOf(await cursorIn(mine, 'trades'));
    const times = ['2026-02-30T00:00:00Z', '9999-99-99T00:00:00Z', 'infinity', 'now', 'epoch', '0000-00-00T00:00:00Z'];
    const swapped = [cursorOf(id, time), cursorOf(time), cursorOf(id), cursorOf(time, id, id), cursorOf(time, 1)];
    const dated = times.map((text) => cursorOf(text, randomUUID()));
    await expectAllRefused('trades', [
      ...dated,
      ...swapped,
      cursorOf(time, `${String(id)}'`),
      cursorOf(`${String(time)} `, id),
    ]);
  },
});
