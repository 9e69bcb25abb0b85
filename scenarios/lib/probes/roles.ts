/** Every route with every role that it is not open to: 403, while the role that it is open to succeeds. */
import type { Role } from '../manifest.ts';
import { type Probe, expectRefusal, expectSuccess } from './probe.ts';
import { type Route, cookieFor, routes } from './routes.ts';

const ALL: readonly Role[] = ['viewer', 'trader', 'admin'];

export function roleProbes(): Probe[] {
  return routes
    .filter(({ variation }) => variation !== true)
    .flatMap((route) => ALL.filter((role) => !route.roles.includes(role)).map((role) => refusedRole(route, role)));
}

function refusedRole(route: Route, role: Role): Probe {
  return {
    claim: 'SEC-AUTHZ',
    name: `${role}: ${route.name}`,
    run: (scene, count) => {
      const { owner } = scene;
      const id = route.ownId?.(scene, owner) ?? '';
      const what = `${route.name} as ${role}`;
      count('probe', expectRefusal(what, scene.ask(route.request(scene, owner, id), owner.cookies[role]), 403));
      const allowed = scene.ask(route.request(scene, owner, id), cookieFor(route, owner));
      count('control', expectSuccess(`${route.name} as ${route.roles[0]}`, allowed));
    },
  };
}
