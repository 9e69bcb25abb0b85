/** Every answer to a session says that no cache between the service and its user may keep it: the next tenant would get it there. */
import type { Answer } from '../call.ts';
import { demoPassword } from '../manifest.ts';
import { type Outcome, type Probe, expectSuccess, isSuccess, ok, undecided, violation } from './probe.ts';
import { cookieFor, routes } from './routes.ts';
import type { Scene } from './scene.ts';

export function sharedCacheProbes(): Probe[] {
  const ofSessions = routes
    .filter(({ variation }) => variation !== true)
    .map((route) =>
      keptAnswer(route.name, (scene) => {
        const { owner } = scene;
        const id = route.ownId?.(scene, owner) ?? '';
        return scene.ask(route.request(scene, owner, id), cookieFor(route, owner));
      }),
    );
  return [...ofSessions, keptAnswer('POST /v1/auth/login', logIn)];
}

function logIn(scene: Scene): Answer {
  const { slug, users } = scene.owner.tenant;
  const body = { tenant: slug, email: users[0]?.email ?? '', password: demoPassword() };
  return scene.ask({ method: 'POST', path: '/v1/auth/login', body }, '');
}

/** The control is that the caller was let in: a refusal holds nothing that is worth keeping. */
function keptAnswer(name: string, request: (scene: Scene) => Answer): Probe {
  return {
    claim: 'SEC-ISO',
    name: `kept by a shared cache: ${name}`,
    run: (scene, count) => {
      const answer = request(scene);
      const letIn = expectSuccess(name, answer);
      count('probe', isSuccess(answer) ? notKept(name, answer) : undecided(letIn.detail));
      count('control', letIn);
    },
  };
}

/**
 * A session is a cookie, which RFC 9111 does not take for a reason to keep an answer from others (section 3.5 speaks of the header
 * Authorization alone): `no-store` or `private` has to say so. `private` of some fields lets the rest be kept.
 */
function notKept(name: string, { headers }: Answer): Outcome {
  const header = headers['Cache-Control'] ?? '';
  const directives = header.split(',').map((directive) => directive.trim().toLowerCase());
  if (directives.includes('no-store') || directives.includes('private')) return ok;
  return violation(
    `${name}: cache-control ${header === '' ? 'is not there' : header}, vary ${headers['Vary'] ?? 'none'}`,
  );
}
