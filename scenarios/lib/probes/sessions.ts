/** No session, no valid session, a session that has ended: 401 on every route, while a valid session goes through. */
import { b64decode, b64encode } from 'k6/encoding';
import type { Answer } from '../call.ts';
import { type DrawnRequest, drawAdminRead, drawReadRequest } from './draw-route.ts';
import { type Probe, expectRefusal, expectSuccess } from './probe.ts';
import { type Route, cookieFor, routes } from './routes.ts';
import type { Scene } from './scene.ts';

export function sessionProbes(): Probe[] {
  return [
    ...routes.filter(({ variation }) => variation !== true).map(noSession),
    ...FALSE_COOKIES.map(falseCookie),
    bearer,
  ];
}

function noSession(route: Route): Probe {
  return {
    claim: 'SEC-AUTHN',
    name: `no session: ${route.name}`,
    run: (scene, count) => {
      const { owner } = scene;
      // The owner first: nothing that is remembered of a request with a session may serve the next one without.
      const ask = (cookie: string): Answer =>
        scene.ask(route.request(scene, owner, route.ownId?.(scene, owner) ?? ''), cookie);
      count('control', expectSuccess(`${route.name} with a session`, ask(cookieFor(route, owner))));
      count('probe', expectRefusal(`${route.name} without a cookie`, ask(''), 401));
    },
  };
}

interface FalseCookie {
  name: string;
  /** Reads only: a false session that were let in must not leave a row where another probe would find it. */
  draw: (scene: Scene) => DrawnRequest;
  make: (scene: Scene, valid: string) => string;
}

const FALSE_COOKIES: FalseCookie[] = [
  { name: 'garbage', draw: drawReadRequest, make: () => 'not-a-token' },
  {
    name: 'another tenant in the payload',
    draw: drawReadRequest,
    make: ({ stranger }, valid) => withPayload(valid, { tid: stranger.tenant.id }),
  },
  {
    name: 'a higher role in the payload',
    draw: drawAdminRead,
    // A trader's: the probes of PATCH /v1/users/:id renew the viewer's rights, which ends sessions of any other role.
    make: ({ owner }) => withPayload(owner.cookies.trader, { role: 'admin' }),
  },
  {
    name: 'one character of the signature changed',
    draw: drawReadRequest,
    make: (_scene, valid) => withOtherSignature(valid),
  },
];

/** The payload changed, the signature left as it was. */
function withPayload(token: string, changes: Record<string, string>): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(b64decode(payload, 'rawurl', 's')) as Record<string, unknown>;
  return [header, b64encode(JSON.stringify({ ...claims, ...changes }), 'rawurl'), signature].join('.');
}

/** The first character, because the last one carries unused bits: other text can stand for the same signature. */
function withOtherSignature(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return [header, payload, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`].join('.');
}

function falseCookie({ name, draw, make }: FalseCookie): Probe {
  return {
    claim: 'SEC-AUTHN',
    name: `false session: ${name}`,
    run: (scene, count) => {
      const { route, call, cookie } = draw(scene);
      count('probe', expectRefusal(`${route.name} with ${name}`, scene.ask(call(), make(scene, cookie)), 401));
      count('control', expectSuccess(`${route.name} with a true session`, scene.ask(call(), cookie)));
    },
  };
}

/** Sessions travel in the cookie only: script in a page can read a header's token, not an httpOnly cookie. */
const bearer: Probe = {
  claim: 'SEC-AUTHN',
  name: 'session as a bearer token instead of a cookie',
  run: (scene, count) => {
    const { route, call, cookie } = drawReadRequest(scene);
    const answer = scene.ask(call(), '', { Authorization: `Bearer ${cookie}` });
    count('probe', expectRefusal(`${route.name} with a bearer token`, answer, 401));
    count('control', expectSuccess(`${route.name} with the cookie`, scene.ask(call(), cookie)));
  },
};
