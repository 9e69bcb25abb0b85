/**
 * Every protected route with a request that its rightful caller may make again and again, for the probes to vary: with
 * another tenant's id, without a session, with too small a role. setup() compares this table with the service's OpenAPI
 * document.
 */
import { type Role, symbols } from '../manifest.ts';
import { pickOne } from '../random.ts';
import type { Answer } from '../call.ts';
import { NothingToAsk, bodyOf, describe, isSuccess, saysNothing } from './probe.ts';
import type { Actor, ProbeCall, Scene } from './scene.ts';

export interface Route {
  /** As in the OpenAPI document, without /api; `:id` for a parameter. A variation of the same route has more words. */
  name: string;
  method: ProbeCall['method'];
  roles: readonly Role[];
  /** An id that belongs to `owner`, made where a fresh one is needed. Absent where the route takes none. */
  ownId?: (scene: Scene, owner: Actor) => string;
  /** The request of a member of `caller`, for an id that may be another tenant's. */
  request: (scene: Scene, caller: Actor, id: string) => ProbeCall;
  /** What a write would change of its row, as the owner reads it: there is one where the answer need not show the change. */
  stateOf?: (scene: Scene, owner: Actor, id: string) => string;
  /** A list: an id that is not the caller's gives an empty one, not an error. */
  list?: boolean;
  /** A list in pages: takes `cursor`. */
  pages?: boolean;
  /** The same route again with another parameter: not probed a second time for sessions and roles. */
  variation?: boolean;
}

const everyone: readonly Role[] = ['viewer', 'trader', 'admin'];
const traders: readonly Role[] = ['trader', 'admin'];
const admins: readonly Role[] = ['admin'];

type Table = keyof Actor['tenant']['samples'];

/** The least role that may call the route. */
export function cookieFor(route: Route, actor: Actor): string {
  return actor.cookies[route.roles[0] ?? 'admin'];
}

const sampleOf = (table: Table) => (scene: Scene, owner: Actor) => pickOne(scene.random, owner.tenant.samples[table]);

function read(path: string, more: Partial<Route> = {}): Route {
  const [, query] = path.split('?');
  const request: Route['request'] = (_scene, _caller, id) => ({ method: 'GET', path: path.replace(':id', id) });
  const name = `GET ${path.replace('=:id', '').replace('?', ' by ')}`;
  return {
    name,
    method: 'GET',
    roles: everyone,
    request,
    ...(query === undefined ? {} : { variation: true, list: true }),
    ...more,
  };
}

function order(scene: Scene, caller: Actor, changes: Record<string, string>): ProbeCall {
  const { samples, canary } = caller.tenant;
  return {
    method: 'POST',
    path: '/v1/orders',
    idempotencyKey: `probe-${scene.unique()}`,
    body: {
      portfolioId: samples.portfolios[0],
      instrumentId: 1,
      side: 'buy',
      type: 'limit',
      quantity: '1.0000',
      limitPrice: '1.000000',
      note: `probe ${canary}`,
      ...changes,
    },
  };
}

/** A fresh order of the owner, so that it is still new. */
function freshOrder(scene: Scene, owner: Actor): string {
  const answer = untilSuccess('an order to cancel', () => scene.ask(order(scene, owner, {}), owner.cookies.trader));
  const id = /"id":"([0-9a-f-]{36})"/.exec(bodyOf(answer))?.[1];
  if (id === undefined) throw new NothingToAsk(describe('an order to cancel', answer));
  return id;
}

const TRIES = 3;

/** What others rest on: tried again where the service is busy for a moment. */
function untilSuccess(what: string, ask: () => Answer): Answer {
  let answer = ask();
  for (let tried = 1; tried < TRIES && saysNothing(answer); tried += 1) answer = ask();
  if (!isSuccess(answer)) throw new NothingToAsk(describe(what, answer));
  return answer;
}

function statusOf(scene: Scene, owner: Actor, id: string): string {
  const read: ProbeCall = { method: 'GET', path: `/v1/orders/${id}` };
  const answer = untilSuccess('the order as its owner reads it', () => scene.ask(read, owner.cookies.viewer));
  return /"status":"([a-z_]+)"/.exec(bodyOf(answer))?.[1] ?? '';
}

function credentials(id: string): ProbeCall {
  const body = {
    broker: 'probe broker',
    accountNumber: 'ACCOUNT-0001',
    apiKey: 'probe-key-0001',
    apiSecret: 'probe-secret-0001',
  };
  return { method: 'PUT', path: `/v1/portfolios/${id}/broker-credentials`, body };
}

/** A portfolio of the owner that has credentials. */
function portfolioWithCredentials(scene: Scene, owner: Actor): string {
  const id = owner.tenant.samples.portfolios[0] ?? '';
  untilSuccess('credentials to read', () => scene.ask(credentials(id), owner.cookies.admin));
  return id;
}

/**
 * A limit is written back as it is: a caller who gets through changes nothing. The value is the one its owner reads.
 */
function sameLimit(scene: Scene, id: string): ProbeCall {
  const owner = [scene.owner, scene.stranger].find(({ tenant }) => tenant.samples.riskLimits.includes(id));
  const limitValue = owner === undefined ? undefined : limitOf(scene, owner, id);
  return { method: 'PUT', path: `/v1/risk/limits/${id}`, body: { limitValue: limitValue ?? '1000000.00' } };
}

function limitOf(scene: Scene, owner: Actor, id: string): string | undefined {
  const list: ProbeCall = { method: 'GET', path: '/v1/risk/limits?limit=200' };
  const body = bodyOf(untilSuccess('a limit to write back', () => scene.ask(list, owner.cookies.viewer)));
  const item = body.split('{').find((text) => text.includes(`"id":"${id}"`));
  return /"limitValue":"([0-9.]+)"/.exec(item ?? '')?.[1];
}

/** A viewer of the tenant, whose access stays as it is. */
function viewerOf(_scene: Scene, { tenant }: Actor): string {
  return tenant.users.find(({ role }) => role === 'viewer')?.id ?? '';
}

function newUser(scene: Scene, { tenant }: Actor): ProbeCall {
  const body = {
    email: `${scene.unique()}@${tenant.slug}.example`,
    displayName: `Probe ${tenant.canary}`,
    role: 'viewer',
    password: 'only-a-probe-0001',
  };
  return { method: 'POST', path: '/v1/users', body };
}

const page = { list: true, pages: true };

export const routes: readonly Route[] = [
  read('/v1/portfolios', page),
  {
    name: 'POST /v1/portfolios',
    method: 'POST',
    roles: traders,
    request: (_scene, { tenant }) => ({
      method: 'POST',
      path: '/v1/portfolios',
      body: { name: `probe ${tenant.canary}`, baseCurrency: 'USD' },
    }),
  },
  read('/v1/portfolios/:id', { ownId: sampleOf('portfolios') }),
  read('/v1/portfolios/:id/positions', { ownId: sampleOf('portfolios'), pages: true }),
  {
    name: 'PUT /v1/portfolios/:id/broker-credentials',
    method: 'PUT',
    roles: admins,
    ownId: sampleOf('portfolios'),
    request: (_scene, _caller, id) => credentials(id),
  },
  read('/v1/portfolios/:id/broker-credentials', { roles: admins, ownId: portfolioWithCredentials }),
  {
    name: 'POST /v1/portfolios/:id/broker-credentials/sign',
    method: 'POST',
    roles: traders,
    ownId: portfolioWithCredentials,
    request: (_scene, _caller, id) => ({
      method: 'POST',
      path: `/v1/portfolios/${id}/broker-credentials/sign`,
      body: { payload: 'probe' },
    }),
  },
  read('/v1/positions', page),
  read('/v1/positions?portfolioId=:id', { ownId: sampleOf('portfolios') }),
  read('/v1/strategies', page),
  read('/v1/signals', page),
  read('/v1/signals?strategyId=:id', { ownId: sampleOf('strategies') }),
  read('/v1/signals/:id', { ownId: sampleOf('signals') }),
  read('/v1/trades', page),
  read('/v1/trades?portfolioId=:id', { ownId: sampleOf('portfolios') }),
  read('/v1/trades/:id', { ownId: sampleOf('trades') }),
  read('/v2/trades', page),
  read('/v2/trades?portfolioId=:id', { ownId: sampleOf('portfolios') }),
  { name: 'POST /v1/orders', method: 'POST', roles: traders, request: (scene, caller) => order(scene, caller, {}) },
  {
    name: 'POST /v1/orders with portfolioId',
    method: 'POST',
    roles: traders,
    variation: true,
    ownId: sampleOf('portfolios'),
    request: (scene, caller, portfolioId) => order(scene, caller, { portfolioId }),
  },
  {
    name: 'POST /v1/orders with strategyId',
    method: 'POST',
    roles: traders,
    variation: true,
    ownId: sampleOf('strategies'),
    request: (scene, caller, strategyId) => order(scene, caller, { strategyId }),
  },
  read('/v1/orders', page),
  read('/v1/orders/:id', { ownId: sampleOf('orders') }),
  {
    name: 'POST /v1/orders/:id/cancel',
    method: 'POST',
    roles: traders,
    ownId: freshOrder,
    stateOf: statusOf,
    request: (_scene, _caller, id) => ({ method: 'POST', path: `/v1/orders/${id}/cancel` }),
  },
  read('/v1/risk/exposure', { list: true }),
  read('/v1/risk/exposure/cached', { list: true }),
  read('/v1/risk/limits', page),
  {
    name: 'PUT /v1/risk/limits/:id',
    method: 'PUT',
    roles: admins,
    ownId: sampleOf('riskLimits'),
    request: (scene, _caller, id) => sameLimit(scene, id),
  },
  read('/v1/quotes', {
    request: ({ random }) => ({ method: 'GET', path: `/v1/quotes?symbols=${pickOne(random, symbols)}` }),
  }),
  read('/v1/users', { ...page, roles: admins }),
  { name: 'POST /v1/users', method: 'POST', roles: admins, request: newUser },
  {
    name: 'PATCH /v1/users/:id',
    method: 'PATCH',
    roles: admins,
    ownId: viewerOf,
    request: (_scene, _caller, id) => ({ method: 'PATCH', path: `/v1/users/${id}`, body: { active: true } }),
  },
  read('/v1/audit-events', { ...page, roles: admins }),
];
