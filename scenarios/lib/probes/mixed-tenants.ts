/** Situations in which the tenant of one request could stick to another: together, after an error, by name, by key. */
import type { Actor, Scene } from './scene.ts';
import {
  NothingToAsk,
  type Outcome,
  type Probe,
  bodyOf,
  describe,
  expectSuccess,
  isSuccess,
  ok,
  saysNothing,
  undecided,
  violation,
} from './probe.ts';
import { countOwnRows } from './own-rows.ts';
import { type Route, cookieFor, routes } from './routes.ts';
import { foreignMark } from '../tenant-check.ts';
import type { ProbeCall } from './scene.ts';

export function mixedTenantProbes(): Probe[] {
  return [afterError, turnByTurn, atOnce, sameKey, ...SPOOFS.map(spoofedContext), ...WRITES.map(tenantInBody)];
}

const LIST: ProbeCall = { method: 'GET', path: '/v1/trades?limit=20' };

/** A failed statement ends its transaction: the connection goes back to the pool and serves another tenant next. */
const afterError: Probe = {
  claim: 'SEC-ISO',
  name: 'after an error: GET /v1/trades',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    const failed = scene.ask(orderWith(owner, scene, { instrumentId: 2_147_483_647 }), owner.cookies.trader);
    if (!bodyOf(failed).includes('UNKNOWN_INSTRUMENT')) throw new NothingToAsk(describe('an order that fails', failed));
    countOwnRows(count, 'after a failed order of another tenant', scene.ask(LIST, stranger.cookies.viewer), stranger);
  },
};

const TURNS = 3;

/** Two tenants in turn over the connection of one client, and over the same pool as all the load beside it. */
const turnByTurn: Probe = {
  claim: 'SEC-ISO',
  name: 'turn by turn: GET /v1/trades',
  run: (scene, count) => {
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const actor of [scene.owner, scene.stranger]) {
        countOwnRows(count, 'in turn with another tenant', scene.ask(LIST, actor.cookies.viewer), actor);
      }
    }
  },
};

/** The same addresses for two tenants at the same moment: what is under way for one must not be given to the other. */
const atOnce: Probe = {
  claim: 'SEC-ISO',
  name: 'at once: lists, sums and orders',
  run: (scene, count) => {
    const reads = ['/v1/trades?limit=20', '/v1/portfolios', '/v1/risk/exposure', '/v1/strategies'];
    const actors = [scene.owner, scene.stranger];
    const asked = [
      ...reads.flatMap((path) => actors.map((actor) => ({ actor, call: { method: 'GET', path } as const }))),
      ...actors.map((actor) => ({ actor, call: orderWith(actor, scene, {}) })),
    ];
    const answers = scene.askTogether(asked.map(({ actor, call }) => ({ call, cookie: actor.cookies.trader })));
    for (const [index, { actor, call }] of asked.entries()) {
      const answer = answers[index];
      if (answer !== undefined) countOwnRows(count, `${call.path} at once with another tenant`, answer, actor);
    }
  },
};

/** Two tenants may use one idempotency key: two orders, each its own. The same tenant gets the same order again. */
const sameKey: Probe = {
  claim: 'SEC-ISO',
  name: 'same idempotency key: POST /v1/orders',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    const idempotencyKey = `same-${scene.unique()}`;
    const place = (actor: Actor): ReturnType<Scene['ask']> =>
      scene.ask({ ...orderWith(actor, scene, {}), idempotencyKey }, actor.cookies.trader);
    const first = place(owner);
    const second = place(stranger);
    const mark = foreignMark(bodyOf(second), stranger.tenant);
    if (saysNothing(first) || saysNothing(second))
      count('probe', undecided(describe('two orders with one key', second)));
    else if (mark !== null) count('probe', violation(`an order with the key of another tenant: ${mark}`));
    else
      count(
        'probe',
        second.status === 201 ? ok : violation(describe('an order with the key of another tenant', second)),
      );
    const again = place(owner);
    const same = again.status === 200 && idOf(again) === idOf(first);
    count(
      'control',
      same || saysNothing(again)
        ? expectSuccess('the same order again', again)
        : violation(describe('the same order again', again)),
    );
  },
};

function idOf(answer: ReturnType<Scene['ask']>): string | undefined {
  return /"id":"([0-9a-f-]{36})"/.exec(bodyOf(answer))?.[1];
}

interface Spoof {
  name: string;
  spoof: (owner: Actor) => { query?: string; headers?: Record<string, string> };
}

const byHeader = (name: string, value: (owner: Actor) => string): Spoof => ({
  name: `header ${name}`,
  spoof: (owner) => ({ headers: { [name]: value(owner) } }),
});
const byQuery = (name: string): Spoof => ({
  name: `query ${name}`,
  spoof: ({ tenant }) => ({ query: `&${name}=${tenant.id}` }),
});

const idOfTenant = ({ tenant }: Actor): string => tenant.id;
const hostOfTenant = ({ tenant }: Actor): string => `${tenant.slug}.example`;
const userOfTenant = ({ tenant }: Actor): string => tenant.users[0]?.id ?? '';
const tradeOfTenant = ({ tenant }: Actor): string => `/api/v1/trades/${tenant.samples.trades[0] ?? ''}`;

/** Ways to name a tenant, a user or an address beside the token and the request line. None of them may count. */
const SPOOFS: Spoof[] = [
  ...['X-Tenant-Id', 'X-Tenant', 'Tenant-Id', 'X-Org-Id', 'X-Scope-OrgID'].map((name) => byHeader(name, idOfTenant)),
  ...['Host', 'X-Forwarded-Host', 'X-Host'].map((name) => byHeader(name, hostOfTenant)),
  ...['X-User-Id', 'X-Remote-User', 'X-Forwarded-User'].map((name) => byHeader(name, userOfTenant)),
  ...['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri'].map((name) => byHeader(name, tradeOfTenant)),
  ...['tenantId', 'tenant_id', 'tenant', 'tid', 'app.tenant_id'].map(byQuery),
  {
    name: 'header Forwarded',
    spoof: (owner) => ({ headers: { Forwarded: `for=127.0.0.1;host=${hostOfTenant(owner)}` } }),
  },
  {
    name: 'hostile header',
    spoof: ({ tenant }) => ({ headers: { 'X-Tenant-Id': `${tenant.id}'; reset app.tenant_id; --` } }),
  },
];

function spoofedContext({ name, spoof }: Spoof): Probe {
  return {
    claim: 'SEC-ISO',
    name: `foreign tenant by ${name}`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      const { query = '', headers = {} } = spoof(owner);
      const answer = scene.ask({ ...LIST, path: `${LIST.path}${query}` }, stranger.cookies.viewer, headers);
      count('probe', onlyOwnOrRefused(`GET /v1/trades with ${name}`, answer, stranger));
      count('control', expectSuccess('the same list without it', scene.ask(LIST, stranger.cookies.viewer)));
    },
  };
}

/** No mark of another tenant; whether the caller was let in does not matter here. */
export function onlyOwnOrRefused(what: string, answer: ReturnType<Scene['ask']>, caller: Actor): Outcome {
  const mark = foreignMark(bodyOf(answer), caller.tenant);
  if (mark !== null) return violation(`${what} as tenant ${caller.tenant.id}: ${mark}`);
  return saysNothing(answer) ? undecided(describe(what, answer)) : ok;
}

/** A route whose body refers to a row is asked in the variations that name that row. */
const WRITES = routes.filter(
  ({ method, name }) => method !== 'GET' && !routes.some((other) => other.name.startsWith(`${name} with `)),
);

/**
 * A body may be refused for the unknown field, or the field passed over; what is written is never the other tenant's.
 * An order is cancelled without a body: there the field is all of it. The row that is asked for is the caller's own, and
 * then the other tenant's: with the field, nobody is let in who would not be without it.
 */
function tenantInBody(route: Route): Probe {
  return {
    claim: 'SEC-ISO',
    name: `foreign tenant by body: ${route.name}`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      const requestOf = (actor: Actor): ProbeCall => route.request(scene, actor, route.ownId?.(scene, actor) ?? '');
      const named = { tenantId: owner.tenant.id, tenant_id: owner.tenant.id, tenant: { id: owner.tenant.id } };
      for (const actor of route.ownId === undefined ? [stranger] : [stranger, owner]) {
        const call = requestOf(actor);
        for (const [field, value] of Object.entries(named)) {
          const body = { ...(call.body as Record<string, unknown> | undefined), [field]: value };
          const answer = scene.ask({ ...call, body }, cookieFor(route, stranger));
          const what = `${route.name} with a ${field}`;
          const reachedOwners = actor === owner && isSuccess(answer);
          count('probe', reachedOwners ? violation(describe(what, answer)) : onlyOwnOrRefused(what, answer, stranger));
        }
      }
      const own = scene.ask(requestOf(stranger), cookieFor(route, stranger));
      count('control', expectSuccess('the same without it', own));
    },
  };
}

export function orderWith({ tenant }: Actor, scene: Scene, changes: Record<string, unknown>): ProbeCall {
  return {
    method: 'POST',
    path: '/v1/orders',
    idempotencyKey: `probe-${scene.unique()}`,
    body: {
      portfolioId: tenant.samples.portfolios[0],
      instrumentId: 1,
      side: 'sell',
      type: 'market',
      quantity: '1.0000',
      note: `probe ${tenant.canary}`,
      ...changes,
    },
  };
}
