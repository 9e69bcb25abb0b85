/** A virtual user of the load: draws an endpoint and a session, makes the request, checks the answer. */
import exec from 'k6/execution';
import { type Call, checkAnswer, send } from './call.ts';
import { drawEndpoint, orderCall, readCall } from './load-mix.ts';
import { loadTenant } from './manifest.ts';
import { type Random, seededRandom } from './random.ts';
import { type Session, type SetupData, drawSession } from './sessions.ts';
import { countVariable } from './settings.ts';

const SEED = countVariable('SEED', 1, 0);

/** What one virtual user remembers from one iteration to the next. */
export interface LoadUser {
  random: Random;
  groups: readonly string[];
  run: string;
  orders: number;
  /** A page to go on with, and an order to cancel, each with the session that may. */
  nextPage: { session: Session; cursor: string } | null;
  openOrder: { session: Session; id: string } | null;
}

export function newLoadUser(data: SetupData): LoadUser {
  return {
    random: seededRandom(SEED, exec.vu.idInTest),
    groups: data.groups,
    run: data.run,
    orders: 0,
    nextPage: null,
    openOrder: null,
  };
}

/** One request of the mix. A next page or a cancellation without anything to go on with becomes a list or an order. */
export function makeRequest(user: LoadUser, target: { baseUrl: string; arm: string }): void {
  const { session, call } = drawRequest(user);
  const tenant = loadTenant(session.rank);
  const ready = call(tenant);
  const answer = send(ready, { ...target, tier: tenant.tier, cookie: session.cookie });
  checkAnswer(ready, answer, tenant);
  if (typeof answer.body === 'string') remember(user, session, ready, answer.status, answer.body);
}

interface DrawnRequest {
  session: Session;
  call: (tenant: ReturnType<typeof loadTenant>) => Call;
}

function drawRequest(user: LoadUser): DrawnRequest {
  const { random, groups, nextPage, openOrder } = user;
  const endpoint = drawEndpoint(random);
  if (endpoint === 'trades.next' && nextPage !== null) {
    user.nextPage = null;
    const path = `/v1/trades?limit=50&cursor=${encodeURIComponent(nextPage.cursor)}`;
    return { session: nextPage.session, call: () => ({ endpoint, method: 'GET', path }) };
  }
  if (endpoint === 'orders.cancel' && openOrder !== null) {
    user.openOrder = null;
    return {
      session: openOrder.session,
      call: () => ({ endpoint, method: 'POST', path: `/v1/orders/${openOrder.id}/cancel` }),
    };
  }
  if (endpoint === 'orders.create' || endpoint === 'orders.cancel') {
    user.orders += 1;
    const key = `k6-${user.run}-${exec.vu.idInTest}-${user.orders}`;
    return { session: drawSession(random, groups, true), call: (tenant) => orderCall(tenant, random, key) };
  }
  const read = endpoint === 'trades.next' ? 'trades.list' : endpoint;
  return { session: drawSession(random, groups, false), call: (tenant) => readCall(read, tenant, random) };
}

/**
 * Keeps the cursor of a page and the id of a new order; a search by pattern, as parsing every body costs more than it
 * gives.
 */
function remember(user: LoadUser, session: Session, call: Call, status: number, body: string): void {
  if (call.endpoint === 'trades.list' && user.nextPage === null) {
    const cursor = /"nextCursor":"([^"]+)"/.exec(body)?.[1];
    if (cursor !== undefined) user.nextPage = { session, cursor };
  }
  if (call.endpoint === 'orders.create' && status === 201) {
    const id = /"id":"([0-9a-f-]{36})"/.exec(body)?.[1];
    if (id !== undefined) user.openOrder = { session, id };
  }
}
