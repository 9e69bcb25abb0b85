/** A route drawn at random with a request that its caller may make: for checks that are the same on every route. */
import { pickOne } from '../random.ts';
import { type Route, cookieFor, routes } from './routes.ts';
import type { ProbeCall, Scene } from './scene.ts';

const plain = routes.filter(({ variation }) => variation !== true);
const open = plain.filter(({ method, roles, ownId }) => method === 'GET' && roles.length === 3 && ownId === undefined);

export interface DrawnRequest {
  route: Route;
  /** The request anew, because what writes must not be the same twice. */
  call: () => ProbeCall;
  /** Of the least role that may make it. */
  cookie: string;
}

export function drawRouteRequest(scene: Scene, from: readonly Route[] = plain): DrawnRequest {
  const route = pickOne(scene.random, from);
  const { owner } = scene;
  const id = route.ownId?.(scene, owner) ?? '';
  return { route, call: () => route.request(scene, owner, id), cookie: cookieFor(route, owner) };
}

/** A route that every role may read and that takes no id: any session that is valid succeeds, whoever's it is. */
export function drawReadRequest(scene: Scene): DrawnRequest {
  return drawRouteRequest(scene, open);
}
