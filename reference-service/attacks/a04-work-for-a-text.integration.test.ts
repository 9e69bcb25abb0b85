/**
 * Attacks by a text that costs the service more work than its length is worth (CWE-1333): one request, and nobody else is
 * served. Judged by the processor time that the service itself counts, of a text and of one many times as long, in turns.
 */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call } from '../testing/api-client.ts';
import { as, idOf, mine } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';

const attack = attacksOf('A04');

/** Longer than any field may be, so that both lengths take the same way through the service; and all that a body may hold. */
const shortText = 900;
/** A pattern that goes through a text once cannot cost more than its length grows; the fixed part of a request makes it less. */
const growth = 64;
const rounds = 3;

/** Texts at which patterns with a repeated part try many ways before they give up: a run, and what cannot end it. */
const shapes: readonly ((length: number) => string)[] = [
  (length) => `${'9'.repeat(length)}x`,
  (length) => `0.${'0'.repeat(length)}`,
  (length) => '1.'.repeat(length / 2),
  (length) => `x${' '.repeat(length)}x`,
  (length) => `${'a'.repeat(length)}!`,
  (length) => `a@${'a.'.repeat(length / 2)}!`,
  (length) => `a@${'a-'.repeat(length / 2)}`,
  (length) => `abcde${'1'.repeat(length - 6)}a`,
];

interface Field {
  path: string;
  method?: 'POST' | 'PUT';
  body: Record<string, unknown>;
  name: string;
}

const order = { portfolioId: idOf(mine, 'portfolios'), instrumentId: 1, side: 'buy', type: 'limit' };
const placed = { ...order, quantity: '1', limitPrice: '1', note: 'x' };
const portfolio = { name: 'x', baseCurrency: 'EUR' };
const user = { displayName: 'X', role: 'viewer', password: 'a long enough password' };
const login = { tenant: mine.slug, email: 'nobody@test.example', password: 'x' };
const fieldsOf = (path: string, body: Record<string, unknown>, names: string[]): Field[] =>
  names.map((name) => ({ path, body, name }));

/** Every text of a body that a pattern looks at, or whose ends are cut. */
const fields = (): Field[] => [
  ...fieldsOf('/api/v1/auth/login', login, ['tenant', 'email']),
  ...fieldsOf('/api/v1/portfolios', portfolio, ['name', 'baseCurrency']),
  ...fieldsOf('/api/v1/orders', placed, ['portfolioId', 'quantity', 'limitPrice', 'note']),
  ...fieldsOf('/api/v1/users', { ...user, email: `${randomUUID()}@test.example` }, [
    'email',
    'displayName',
    'password',
  ]),
  { path: `/api/v1/risk/limits/${idOf(mine, 'riskLimits')}`, method: 'PUT', body: {}, name: 'limitValue' },
];

/** Processor time of the service, in seconds, up to now. */
async function usedSeconds(): Promise<number> {
  const { text } = await call('GET', '/metrics');
  const [, seconds] = /^process_cpu_seconds_total(?:\{[^}]*\})? (\S+)$/m.exec(text) ?? [];
  expect(Number(seconds)).toBeGreaterThan(0);
  return Number(seconds);
}

async function costOf({ path, method = 'POST', body, name }: Field, text: string): Promise<number> {
  const cookie = await as(mine, 'admin');
  const headers = { 'idempotency-key': randomUUID() };
  const before = await usedSeconds();
  const answer = await call(method, path, { cookie, headers, body: { ...body, [name]: text } });
  const after = await usedSeconds();
  expect(answer.status, `${path} ${name}`).toBe(400);
  return after - before;
}

attack('texts that make patterns backtrack', {
  async control() {
    const seconds = await usedSeconds();
    const headers = { 'idempotency-key': randomUUID() };
    const body = { ...placed, note: 'a'.repeat(500) };
    expect((await call('POST', '/api/v1/orders', { cookie: await as(mine, 'trader'), headers, body })).status).toBe(
      201,
    );
    expect(await usedSeconds(), 'work is counted').toBeGreaterThan(seconds);
  },
  async attack() {
    for (const field of fields()) {
      for (const shape of shapes) {
        const [short, long]: [number[], number[]] = [[], []];
        for (let round = 0; round < rounds; round += 1) {
          short.push(await costOf(field, shape(shortText)));
          long.push(await costOf(field, shape(shortText * growth)));
        }
        const ratio = Math.min(...long) / Math.max(...short);
        expect(ratio, `${field.path} ${field.name} ${shape(12)}`).toBeLessThan(growth);
      }
    }
  },
});
