/** A higher role claimed beside the token: in a header, in the query, in the body. The token's role decides. */
import type { Answer } from '../call.ts';
import {
  type Outcome,
  type Probe,
  bodyOf,
  describe,
  expectRefusal,
  expectSuccess,
  isSuccess,
  saysNothing,
  undecided,
  violation,
  ok,
} from './probe.ts';
import { drawAdminRead } from './draw-route.ts';
import type { ProbeCall, Scene } from './scene.ts';

interface Claimed {
  name: string;
  headers?: Record<string, string>;
  query?: string;
}

const CLAIMS: Claimed[] = [
  ...['X-Role', 'X-User-Role', 'X-Roles', 'Role'].map((name) => ({
    name: `header ${name}`,
    headers: { [name]: 'admin' },
  })),
  { name: 'header X-Admin', headers: { 'X-Admin': 'true' } },
  { name: 'header X-Forwarded-Groups', headers: { 'X-Forwarded-Groups': 'admin' } },
  { name: 'query role', query: 'role=admin' },
  { name: 'query admin', query: 'admin=true' },
];

export function claimedRoleProbes(): Probe[] {
  return [
    ...CLAIMS.map(claimedRole),
    ...['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri'].map(otherRoute),
    roleInBody,
    ...CROSS_SITE.map(fromOtherSite),
  ];
}

/** As a trader: the probes of PATCH /v1/users/:id renew the viewer's rights, which ends sessions of any other role. */
function claimedRole({ name, headers = {}, query }: Claimed): Probe {
  return {
    claim: 'SEC-AUTHZ',
    name: `role by ${name}`,
    run: (scene, count) => {
      const { route, call, cookie } = drawAdminRead(scene);
      const { path, ...rest } = call();
      const asked = query === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
      const answer = scene.ask({ ...rest, path: asked }, scene.owner.cookies.trader, headers);
      count('probe', expectRefusal(`${route.name} as trader with ${name}`, answer, 403));
      count('control', expectSuccess(`${route.name} as admin`, scene.ask(call(), cookie)));
    },
  };
}

/** A viewer asks for what everybody may, and names what only administrators may in a header that some routers go by. */
function otherRoute(header: string): Probe {
  const users = '"email":';
  return {
    claim: 'SEC-AUTHZ',
    name: `another route by header ${header}`,
    run: (scene, count) => {
      const { owner } = scene;
      const trades: ProbeCall = { method: 'GET', path: '/v1/trades?limit=1' };
      const answer = scene.ask(trades, owner.cookies.viewer, { [header]: '/api/v1/users' });
      const what = `GET /v1/trades as viewer with ${header} /api/v1/users`;
      const seen = saysNothing(answer) ? undecided(describe(what, answer)) : ok;
      count('probe', bodyOf(answer).includes(users) ? violation(describe(what, answer)) : seen);
      const allowed = scene.ask({ method: 'GET', path: '/v1/users' }, owner.cookies.admin);
      const isList = !isSuccess(allowed) || bodyOf(allowed).includes(users);
      const readable = isList
        ? expectSuccess('GET /v1/users as admin', allowed)
        : violation('no users in GET /v1/users');
      count('control', readable);
    },
  };
}

const roleInBody: Probe = {
  claim: 'SEC-AUTHZ',
  name: 'role by body: POST /v1/orders as viewer',
  run: (scene, count) => {
    const { owner } = scene;
    const body = { ...orderBody(scene), role: 'admin', user: { role: 'admin' } };
    const call = { method: 'POST', path: '/v1/orders', idempotencyKey: `probe-${scene.unique()}` } as const;
    const answer = scene.ask({ ...call, body }, owner.cookies.viewer);
    count('probe', expectRefusal('POST /v1/orders as viewer with a role', answer, 403));
    const allowed = scene.ask({ ...call, body: orderBody(scene) }, owner.cookies.trader);
    count('control', expectSuccess('POST /v1/orders as trader', allowed));
  },
};

function orderBody({ owner: { tenant } }: Scene): Record<string, unknown> {
  return {
    portfolioId: tenant.samples.portfolios[0],
    instrumentId: 1,
    side: 'buy',
    type: 'limit',
    quantity: '1.0000',
    limitPrice: '1.000000',
    note: `probe ${tenant.canary}`,
  };
}

/** What browsers add to a request that a page of another site makes (Fetch Metadata; RFC 6454). */
const CROSS_SITE: { name: string; headers: Record<string, string> }[] = [
  { name: 'Sec-Fetch-Site cross-site', headers: { 'Sec-Fetch-Site': 'cross-site' } },
  { name: 'Sec-Fetch-Site same-site', headers: { 'Sec-Fetch-Site': 'same-site' } },
  { name: 'Origin of another site', headers: { Origin: 'https://attacker.example' } },
  { name: 'Origin null', headers: { Origin: 'null' } },
];

/** A session that a browser adds to another site's request changes nothing. */
function fromOtherSite({ name, headers }: (typeof CROSS_SITE)[number]): Probe {
  return {
    claim: 'SEC-AUTHN',
    name: `another site's request: ${name}`,
    run: (scene, count) => {
      const { owner } = scene;
      const place = (more: Record<string, string>): Answer => {
        const call = { method: 'POST', path: '/v1/orders', idempotencyKey: `probe-${scene.unique()}` } as const;
        return scene.ask({ ...call, body: orderBody(scene) }, owner.cookies.trader, more);
      };
      count('probe', mustBeRefused('POST /v1/orders from another site', place(headers)));
      count('control', expectSuccess('POST /v1/orders from this site', place({ 'Sec-Fetch-Site': 'same-origin' })));
    },
  };
}

function mustBeRefused(what: string, answer: Answer): Outcome {
  if (saysNothing(answer)) return undecided(describe(what, answer));
  return isSuccess(answer) ? violation(describe(what, answer)) : ok;
}
