/** Attacks on the audit log: deeds that leave no trace in it (CWE-778), or somebody else's. Judged by what was added to it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { call, logIn, readManifest, type Answer } from '../testing/api-client.ts';
import { as, idOf, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';

const attack = attacksOf('A09');
let database: AdminDatabase;

beforeAll(async () => {
  database = await connectAsAdmin();
});
afterAll(() => database.end());

type Entry = Record<string, unknown>;

async function audited(action: string, subject: string): Promise<Entry[]> {
  const text = `select tenant_id, actor_id, action, subject, detail from audit_events
    where tenant_id = $1 and action = $2 and subject = $3 order by id desc`;
  return database.query(text, [mine.id, action, subject]);
}

/** The entries that were added to those about a subject by what is done, with the answer's status. */
async function addedBy(
  action: string,
  subject: string,
  request: () => Promise<Answer>,
): Promise<{ status: number; added: Entry[] }> {
  const before = await audited(action, subject);
  const { status } = await request();
  const after = await audited(action, subject);
  return { status, added: after.slice(0, after.length - before.length) };
}

/** Logins that the service counts as refused; zero before the first. */
async function refusedLogins(): Promise<number> {
  const { text } = await call('GET', '/metrics');
  const [, count] = /logins_total\{[^}]*result="refused"[^}]*\} (\d+)/.exec(text) ?? [];
  return Number(count ?? 0);
}

attack('guesses at a password that leave no trace', {
  async control() {
    const { id, email } = userOf(mine, 'viewer');
    const right = () => logIn({ tenant: mine.slug, email, password: readManifest().demoPassword });
    const entry = { actor_id: id, action: 'auth.login' };
    expect(await addedBy('auth.login', `user:${id}`, right)).toMatchObject({ status: 200, added: [entry] });
    expect(await addedBy('auth.login_refused', `user:${id}`, right)).toEqual({ status: 200, added: [] });
  },
  async attack() {
    const { id, email } = userOf(mine, 'trader');
    const counted = await refusedLogins();
    const known = () => logIn({ tenant: mine.slug, email, password: 'wrong' });
    const guessed = await addedBy('auth.login_refused', `user:${id}`, known);
    expect(guessed).toMatchObject({ status: 401, added: [{ actor_id: id }] });
    const unknown = () => logIn({ tenant: mine.slug, email: 'nobody@test.example', password: 'wrong' });
    const missed = await addedBy('auth.login_refused', 'unknown user', unknown);
    expect(missed).toMatchObject({ status: 401, added: [{ actor_id: null }] });
    expect((await refusedLogins()) - counted).toBe(2);
  },
});

attack('rights raised, credentials used, orders placed without a trace', {
  async control() {
    const looked = () => call('GET', '/api/v1/audit-events?limit=1');
    const viewer = `user:${userOf(mine, 'viewer').id}`;
    expect(await addedBy('user.updated', viewer, looked), 'no deed, no entry').toEqual({ status: 401, added: [] });
  },
  async attack() {
    const cookie = await as(mine, 'admin');
    const actor = { tenant_id: mine.id, actor_id: userOf(mine, 'admin').id };
    const viewer = userOf(mine, 'viewer').id;
    const raised = await addedBy('user.updated', `user:${viewer}`, () =>
      call('PATCH', `/api/v1/users/${viewer}`, { cookie, body: { role: 'viewer' } }),
    );
    expect(raised).toMatchObject({ status: 200, added: [{ ...actor, detail: { role: 'viewer' } }] });
    const portfolio = idOf(mine, 'portfolios');
    const path = `/api/v1/portfolios/${portfolio}/broker-credentials`;
    const body = { broker: 'b', accountNumber: '12345678', apiKey: '12345678', apiSecret: '12345678' };
    const written = await addedBy('broker_credentials.written', `portfolio:${portfolio}`, () =>
      call('PUT', path, { cookie, body }),
    );
    expect(written).toMatchObject({ status: 204, added: [actor] });
    const used = await addedBy('broker_credentials.used', `portfolio:${portfolio}`, () =>
      call('POST', `${path}/sign`, { cookie, body: { payload: 'x' } }),
    );
    expect(used).toMatchObject({ status: 200, added: [actor] });
    const terms = { portfolioId: portfolio, instrumentId: 1, side: 'buy', type: 'market', quantity: '1' };
    const headers = { 'idempotency-key': randomUUID() };
    const placed = await call('POST', '/api/v1/orders', { cookie, body: terms, headers });
    const order = `order:${String(placed.body['id'])}`;
    expect(await audited('order.created', order)).toMatchObject([actor]);
    const cancelled = await addedBy('order.cancelled', order, () =>
      call('POST', `/api/v1/orders/${String(placed.body['id'])}/cancel`, { cookie }),
    );
    expect(cancelled).toMatchObject({ status: 200, added: [actor] });
  },
});

attack('a deed put down to somebody else', {
  async control() {
    const { body } = await call('POST', '/api/v1/portfolios', {
      cookie: await as(mine, 'trader'),
      body: { name: 'own', baseCurrency: 'EUR' },
    });
    const [entry] = await audited('portfolio.created', `portfolio:${String(body['id'])}`);
    expect(entry).toMatchObject({ actor_id: userOf(mine, 'trader').id });
  },
  async attack() {
    const blamed = userOf(mine, 'admin').id;
    const headers = { 'x-user-id': blamed, 'x-actor': blamed, 'x-forwarded-user': blamed, 'x-tenant-id': theirs.id };
    const options = { cookie: await as(mine, 'trader'), headers, body: { name: 'blamed', baseCurrency: 'EUR' } };
    const { body } = await call('POST', '/api/v1/portfolios', options);
    const [entry] = await audited('portfolio.created', `portfolio:${String(body['id'])}`);
    expect(entry).toMatchObject({ tenant_id: mine.id, actor_id: userOf(mine, 'trader').id });
  },
});
