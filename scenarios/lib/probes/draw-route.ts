/** A read drawn at random with a request that its caller may make: for checks that are the same on every route. */
import { pickOne } from '../random.ts';
import { type Route, cookieFor, routes } from './routes.ts';
import type { ProbeCall, Scene } from './scene.ts';

const reads = routes.filter(({ method, ownId }) => method === 'GET' && ownId === undefined);
const openReads = reads.filter(({ roles }) => roles.length === 3);
const adminReads = reads.filter(({ roles }) => roles.length === 1);

export interface DrawnRequest {
  route: Route;
  /** The request anew. */
  call: () => ProbeCall;
  /** Of the least role of the owner that may make it. */
  cookie: string;
}

/** A read that every role may make and that takes no id: any session that is valid succeeds, whoever's it is. */
export function drawReadRequest(scene: Scene): DrawnRequest {
  return drawFrom(openReads, scene);
}

/** A read that administrators alone may make. */
export function drawAdminRead(scene: Scene): DrawnRequest {
  return drawFrom(adminReads, scene);
}

function drawFrom(routesToRead: readonly Route[], scene: Scene): DrawnRequest {
  const route = pickOne(scene.random, routesToRead);
  return { route, call: () => route.request(scene, scene.owner, ''), cookie: cookieFor(route, scene.owner) };
}
