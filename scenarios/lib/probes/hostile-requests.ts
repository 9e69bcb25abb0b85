/** Requests whose parts disagree: a method in a header, a body of another type, a field twice, a path in another spelling. */
import type { Answer } from '../call.ts';
import { foreignMark } from '../tenant-check.ts';
import { onlyOwnOrRefused } from './mixed-tenants.ts';
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
import { type Route, cookieFor, routes } from './routes.ts';
import type { Actor, ProbeCall, Scene } from './scene.ts';

export function hostileRequestProbes(): Probe[] {
  const lists = routes.filter(
    ({ name, ownId, variation }) => ownId === undefined && variation !== true && isRead(name),
  );
  return [
    overriddenMethod,
    ...CONTENT_TYPES.map(otherContentType),
    doubledField,
    ...PATHS.map(otherPath),
    ...lists.map(otherMethods),
  ];
}

const isRead = (name: string): boolean => name.startsWith('GET ');
const METHODS = ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const OVERRIDES = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'];

/** Reading an order of another tenant, with a header that asks for something else to be done with it. */
const overriddenMethod: Probe = {
  claim: 'SEC-ISO',
  name: 'foreign id with another method in a header',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    const path = `/v1/orders/${owner.tenant.samples.orders[0]}`;
    for (const header of OVERRIDES) {
      for (const method of ['DELETE', 'PUT', 'GET']) {
        const verb = method === 'GET' ? 'POST' : 'GET';
        const answer = scene.ask({ method: verb, path }, stranger.cookies.admin, { [header]: method });
        count('probe', notLetIn(`${verb} ${path} with ${header} ${method}`, answer, stranger));
      }
    }
    // What there is by another method only, of the caller's own: whoever lets the header decide answers it.
    const patch: ProbeCall = { method: 'POST', path: `/v1/users/${viewerOf(stranger)}`, body: { active: true } };
    for (const header of OVERRIDES) {
      const answer = scene.ask(patch, stranger.cookies.admin, { [header]: 'PATCH' });
      count('probe', notLetIn(`POST ${patch.path} with ${header} PATCH`, answer, stranger));
    }
    const own = scene.ask({ method: 'GET', path }, owner.cookies.viewer);
    count('control', expectSuccess('the order is still there for its owner', own));
    count('control', expectSuccess('PATCH itself', scene.ask({ ...patch, method: 'PATCH' }, stranger.cookies.admin)));
  },
};

const viewerOf = ({ tenant }: Actor): string => tenant.users.find(({ role }) => role === 'viewer')?.id ?? '';

const CONTENT_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/json; charset=utf-7',
  'application/vnd.api+json',
  'application/json, text/plain',
];

function orderFields({ tenant }: Actor, portfolioId: string): Record<string, unknown> {
  return {
    portfolioId,
    instrumentId: 1,
    side: 'buy',
    type: 'limit',
    quantity: '1.0000',
    limitPrice: '1.000000',
    note: `probe ${tenant.canary}`,
  };
}

/** An order in a foreign portfolio, sent as something that the service may read in a way of its own. */
function otherContentType(type: string): Probe {
  return {
    claim: 'SEC-ISO',
    name: `foreign portfolio in a body of type ${type.replaceAll('=', ' ')}`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      const order = orderFields(stranger, owner.tenant.samples.portfolios[0] ?? '');
      count('probe', notLetIn(`POST /v1/orders as ${type}`, placeRaw(scene, inForm(type, order), type), stranger));
      count('control', ownOrderIsPlaced(scene));
    },
  };
}

/** As a parser of that type expects it; JSON where the type only looks like another one. */
function inForm(type: string, fields: Record<string, unknown>): string {
  const each = (write: (name: string, value: string) => string): string[] =>
    Object.entries(fields).map(([name, value]) => write(name, String(value)));
  if (type.includes('urlencoded')) return each((name, value) => `${name}=${encodeURIComponent(value)}`).join('&');
  if (type.includes('xml')) return `<order>${each((name, value) => `<${name}>${value}</${name}>`).join('')}</order>`;
  if (!type.includes('multipart')) return JSON.stringify(fields);
  const parts = each((name, value) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  return `${parts.join('')}--x--\r\n`;
}

/** Parsers differ in which of two fields of one name counts: neither may be the one that leads elsewhere. */
const doubledField: Probe = {
  claim: 'SEC-ISO',
  name: 'a field twice: POST /v1/orders',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    const own = stranger.tenant.samples.portfolios[0] ?? '';
    const foreign = owner.tenant.samples.portfolios[0] ?? '';
    for (const [first, second] of [
      [own, foreign],
      [foreign, own],
    ] as const) {
      const { portfolioId, ...rest } = orderFields(stranger, second);
      const text = `{"portfolioId":"${first}","portfolioId":"${String(portfolioId)}",${JSON.stringify(rest).slice(1)}`;
      const answer = placeRaw(scene, text, 'application/json');
      const leaked = bodyOf(answer).includes(foreign) && isSuccess(answer);
      const what = 'POST /v1/orders with two portfolios';
      count('probe', leaked ? violation(describe(what, answer)) : onlyOwnOrRefused(what, answer, stranger));
    }
    count('control', ownOrderIsPlaced(scene));
  },
};

function placeRaw(scene: Scene, text: string, type: string): Answer {
  const headers = { 'Content-Type': type, 'Idempotency-Key': `probe-${scene.unique()}` };
  return scene.askRaw({ method: 'POST', path: '/v1/orders', text, headers }, scene.stranger.cookies.trader);
}

function ownOrderIsPlaced(scene: Scene): Outcome {
  const { stranger } = scene;
  const text = JSON.stringify(orderFields(stranger, stranger.tenant.samples.portfolios[0] ?? ''));
  return expectSuccess('an order of its own', placeRaw(scene, text, 'application/json'));
}

/** Spellings of the way to a trade; the id is the other tenant's. */
const PATHS: { name: string; path: (id: string) => string }[] = [
  { name: 'capital letters', path: (id) => `/V1/TRADES/${id}` },
  { name: 'doubled slashes', path: (id) => `//v1//trades//${id}` },
  { name: 'a dot', path: (id) => `/v1/./trades/${id}` },
  { name: 'two dots', path: (id) => `/v1/portfolios/../trades/${id}` },
  { name: 'encoded dots', path: (id) => `/v1/portfolios/%2e%2e/trades/${id}` },
  { name: 'an encoded letter', path: (id) => `/v1/%74rades/${id}` },
  { name: 'an encoded slash', path: (id) => `/v1%2ftrades%2f${id}` },
  { name: 'a semicolon', path: (id) => `/v1;x/trades;x/${id}` },
  { name: 'the newer version', path: (id) => `/v2/trades/${id}` },
  { name: 'no version', path: (id) => `/trades/${id}` },
  { name: 'a version that is not there', path: (id) => `/v0/trades/${id}` },
  { name: 'a query in place of the path', path: (id) => `/v1/trades?id=${id}` },
];

function otherPath({ name, path }: (typeof PATHS)[number]): Probe {
  return {
    claim: 'SEC-ISO',
    name: `foreign id by ${name} in the path`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      const id = owner.tenant.samples.trades[0] ?? '';
      const answer = scene.ask({ method: 'GET', path: path(id) }, stranger.cookies.admin);
      count('probe', notLetIn(`GET ${path(id)}`, answer, stranger));
      count(
        'control',
        expectSuccess('its owner', scene.ask({ method: 'GET', path: `/v1/trades/${id}` }, owner.cookies.viewer)),
      );
    },
  };
}

/** Methods that a list does not have, with a body that names the other tenant. */
function otherMethods(route: Route): Probe {
  const url = route.name.split(' ')[1] ?? '';
  const others = METHODS.filter((method) => !routes.some(({ name }) => name === `${method} ${url}`));
  return {
    claim: 'SEC-ISO',
    name: `other methods: ${url}`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      // With the query that the list itself needs: without it nobody would be let in whatever the method.
      const { path } = route.request(scene, stranger, '');
      for (const method of others) {
        const body = method === 'HEAD' ? {} : { body: { tenantId: owner.tenant.id } };
        const answer = scene.ask({ method, path, ...body }, stranger.cookies.admin);
        count('probe', notLetIn(`${method} ${path}`, answer, stranger));
      }
      const own = scene.ask(route.request(scene, stranger, ''), cookieFor(route, stranger));
      count('control', expectSuccess(route.name, own));
    },
  };
}

function notLetIn(what: string, answer: Answer, caller: Actor): Outcome {
  const mark = foreignMark(bodyOf(answer), caller.tenant);
  const asked = `${what} as tenant ${caller.tenant.id}`;
  if (mark !== null) return violation(`${asked}: ${mark}`);
  if (saysNothing(answer)) return undecided(describe(asked, answer));
  return isSuccess(answer) ? violation(describe(asked, answer)) : ok;
}
