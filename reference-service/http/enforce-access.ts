/** Lets a request through to its route only with a valid session of a role that the route is open to. */
import type { FastifyInstance } from 'fastify';
import { routeAccess, type Access } from '../access.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Revocations } from '../session/revocations.ts';
import type { SessionTokens } from '../session/session-tokens.ts';
import { crossSiteGuard } from './cross-site-guard.ts';
import { sessionCookieName } from './session-cookie.ts';

const apiPrefix = '/api/';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

interface Dependencies {
  tokens: SessionTokens;
  revocations: Revocations;
  /** Whether browsers reach the service over TLS. */
  secureTransport: boolean;
}

/** Before any route is registered: ties each to its row of the table and checks every request against it. */
export function enforceAccess(app: FastifyInstance, { tokens, revocations, secureTransport }: Dependencies): void {
  const sessionCookie = sessionCookieName(secureTransport);
  const refuseCrossSite = crossSiteGuard(secureTransport);
  const registered = new Set<string>();
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith(apiPrefix)) return;
    const name = `${String(route.method)} ${route.url}`;
    const access = routeAccess[name];
    if (access === undefined) throw new Error(`${name} is not in access.ts: say who may call it`);
    registered.add(name);
    route.config = { ...route.config, access };
  });
  app.addHook('onReady', (done) => {
    const missing = Object.keys(routeAccess).filter((name) => !registered.has(name));
    if (missing.length === 0) done();
    else done(new Error(`access.ts lists routes that do not exist: ${missing.join(', ')}`));
  });

  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined) return;
    refuseCrossSite(request);
    if (access === 'public') return;
    const token = request.cookies[sessionCookie];
    const principal = token === undefined ? null : tokens.verify(token);
    if (principal === null || (await revocations.isRevoked(principal))) throw new ApiError('UNAUTHENTICATED');
    request.principal = principal;
    if (!access.includes(principal.role)) throw new ApiError('FORBIDDEN');
  });
}
