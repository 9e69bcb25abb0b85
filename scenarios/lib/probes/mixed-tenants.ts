/** Situations in which the tenant of one request could stick to another: together, after an error, by name, by key. */
import type { Actor, Scene } from './scene.ts';
import {
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
import { foreignMark } from '../tenant-check.ts';
import type { ProbeCall } from './scene.ts';

export function mixedTenantProbes(): Probe[] {
  return [afterError, turnByTurn, sameKey, ...SPOOFS.map(spoofedContext), tenantInBody];
}

const LIST: ProbeCall = { method: 'GET', path: '/v1/trades?limit=20' };

/** A failed statement ends its transaction: the connection goes back to the pool and serves another tenant next. */
const afterError: Probe = {
  claim: 'SEC-ISO',
  name: 'after an error: GET /v1/trades',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    scene.ask(orderWith(owner, scene, { instrumentId: 2_147_483_647 }), owner.cookies.trader);
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

/** Two tenants may use one idempotency key: two orders, each its own. The same tenant gets the same order again. */
const sameKey: Probe = {
  claim: 'SEC-ISO',
  name: 'same idempotency key: POST /v1/orders',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    const idempotencyKey = `probe-${scene.unique()}`;
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

/** Ways to name a tenant beside the token. None of them may count. */
const SPOOFS: { name: string; spoof: (tenantId: string) => { query: string; headers: Record<string, string> } }[] = [
  { name: 'header X-Tenant-Id', spoof: (id) => ({ query: '', headers: { 'X-Tenant-Id': id } }) },
  { name: 'header X-Tenant', spoof: (id) => ({ query: '', headers: { 'X-Tenant': id } }) },
  { name: 'query tenantId', spoof: (id) => ({ query: `&tenantId=${id}`, headers: {} }) },
  { name: 'query tenant_id', spoof: (id) => ({ query: `&tenant_id=${id}`, headers: {} }) },
  {
    name: 'hostile header',
    spoof: (id) => ({ query: '', headers: { 'X-Tenant-Id': `${id}'; reset app.tenant_id; --` } }),
  },
];

function spoofedContext({ name, spoof }: (typeof SPOOFS)[number]): Probe {
  return {
    claim: 'SEC-ISO',
    name: `foreign tenant by ${name}`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      const { query, headers } = spoof(owner.tenant.id);
      const answer = scene.ask({ ...LIST, path: `${LIST.path}${query}` }, stranger.cookies.viewer, headers);
      count('probe', onlyOwnOrRefused(`GET /v1/trades with ${name}`, answer, stranger));
      count('control', expectSuccess('the same list without it', scene.ask(LIST, stranger.cookies.viewer)));
    },
  };
}

function onlyOwnOrRefused(what: string, answer: ReturnType<Scene['ask']>, caller: Actor): Outcome {
  const mark = foreignMark(bodyOf(answer), caller.tenant);
  if (mark !== null) return violation(`${what} as tenant ${caller.tenant.id}: ${mark}`);
  return saysNothing(answer) ? undecided(describe(what, answer)) : ok;
}

/** A body may be refused for the unknown field, or the field passed over; the order is never the other tenant's. */
const tenantInBody: Probe = {
  claim: 'SEC-ISO',
  name: 'foreign tenant by body: POST /v1/orders',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    const spoofed = orderWith(stranger, scene, { tenantId: owner.tenant.id });
    const answer = scene.ask(spoofed, stranger.cookies.trader);
    const outcome = onlyOwnOrRefused('POST /v1/orders with a tenantId', answer, stranger);
    count('probe', outcome);
    const honest = scene.ask(orderWith(stranger, scene, {}), stranger.cookies.trader);
    count('control', isSuccess(honest) ? ok : expectSuccess('the same order without it', honest));
  },
};

function orderWith({ tenant }: Actor, scene: Scene, changes: Record<string, unknown>): ProbeCall {
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
