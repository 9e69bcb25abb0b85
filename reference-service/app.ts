/** Assembles the HTTP application from its parts; server.ts listens. */
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import jwt from '@fastify/jwt';
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { describeApi } from './http/describe-api.ts';
import { drainConnections } from './http/drain-connections.ts';
import { enforceAccess } from './http/enforce-access.ts';
import { handleErrors } from './http/handle-errors.ts';
import { observeRequests } from './http/observe-requests.ts';
import { refuseAddress, refuseMessage } from './http/refuse-unreadable.ts';
import { securityHeaders, setSecurityHeaders } from './http/security-headers.ts';
import { serializerCompiler } from './http/serialize-response.ts';
import { serverTransport } from './http/server-transport.ts';
import { registerAuditEvents } from './routes/register-audit-events.ts';
import { registerAuth } from './routes/register-auth.ts';
import { registerBrokerCredentials } from './routes/register-broker-credentials.ts';
import { registerExposure } from './routes/register-exposure.ts';
import { registerOperations } from './routes/register-operations.ts';
import { registerOrderPlacement } from './routes/register-order-placement.ts';
import { registerOrders } from './routes/register-orders.ts';
import { registerPortfolios } from './routes/register-portfolios.ts';
import { registerPositions } from './routes/register-positions.ts';
import { registerQuotes } from './routes/register-quotes.ts';
import { registerRiskLimits } from './routes/register-risk-limits.ts';
import { registerStrategies } from './routes/register-strategies.ts';
import { registerTrades } from './routes/register-trades.ts';
import { registerUserChange, registerUsers } from './routes/register-users.ts';
import type { RouteApp } from './routes/route-app.ts';
import type { Services } from './services.ts';
import { jwtOptions } from './session/jwt-options.ts';
import { createSessionTokens, type SessionTokens } from './session/session-tokens.ts';

/** The largest body that any route takes is some 20 KiB of text to sign. */
const bodyLimitBytes = 64 * 1024;
const requestTimeoutMs = 30_000;
const callerRequestId = /^[A-Za-z0-9._-]{8,64}$/;

/** The caller's request id where it has a harmless form, so that a request can be followed through several services. */
function requestId(raw: { headers: Record<string, string | string[] | undefined> }): string {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && callerRequestId.test(given) ? given : randomUUID();
}

async function registerSessions(
  app: FastifyInstance,
  { sessionKeys, configuration }: Services,
): Promise<SessionTokens> {
  await app.register(jwt, jwtOptions(sessionKeys.current()));
  return createSessionTokens(app.jwt, sessionKeys, configuration.SESSION_SECONDS);
}

/** JSON only, and a body of no bytes is no body: clients set the content type of requests that have none, too. */
function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body.toString(), done);
  });
}

function registerRoutes(routes: RouteApp, services: Services, tokens: SessionTokens, isDraining: () => boolean): void {
  registerOperations(routes, services, isDraining);
  registerAuth(routes, services, tokens);
  for (const register of [
    registerPortfolios,
    registerPositions,
    registerStrategies,
    registerTrades,
    registerOrders,
    registerOrderPlacement,
    registerExposure,
    registerRiskLimits,
    registerQuotes,
    registerBrokerCredentials,
    registerUsers,
    registerUserChange,
    registerAuditEvents,
  ]) {
    register(routes, services);
  }
}

export async function buildApp(services: Services, isDraining: () => boolean): Promise<FastifyInstance> {
  const { configuration } = services;
  const secureTransport = configuration.COOKIE_SECURE;
  const loggerInstance: FastifyBaseLogger = services.log;
  const security = securityHeaders(secureTransport);
  const refuse = refuseAddress(security, loggerInstance);
  const app = fastify({
    ...serverTransport(configuration),
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    requestIdHeader: false,
    genReqId: requestId,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    exposeHeadRoutes: false,
    routerOptions: { onBadUrl: refuse, onMaxParamLength: refuse },
    clientErrorHandler: refuseMessage(security, loggerInstance),
    // Requests that arrive on open connections while draining are served, not cut off.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  acceptJsonOnly(app);
  handleErrors(app);
  setSecurityHeaders(app, security);
  drainConnections(app, isDraining);
  observeRequests(app, services.metrics);
  await app.register(cookie);
  const tokens = await registerSessions(app, services);
  enforceAccess(app, { tokens, revocations: services.revocations, secureTransport });
  await describeApi(app, secureTransport);
  registerRoutes(app.withTypeProvider<ZodTypeProvider>(), services, tokens, isDraining);
  return app;
}
