/** Routes of logging in and out. */
import { z } from 'zod';
import { noTenant } from '../cache/tenant-key.ts';
import { ApiError } from '../errors/api-error.ts';
import { sessionCookieName } from '../http/session-cookie.ts';
import { addAuditEvent } from '../queries/audit.ts';
import { findTenant, findUser } from '../queries/users.ts';
import { loginSchema, sessionSchema, type User } from '../schemas/user.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import type { SessionTokens } from '../session/session-tokens.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['session'];

type Login = z.infer<typeof loginSchema>;

/** The user whose password it is; whatever is wrong, the answer and its cost are the same, for a tenant that is not there too. */
async function authenticate(services: Services, login: Login, address: string): Promise<User> {
  const { database, loginAttempts, metrics, passwords } = services;
  const { tenant, email, password } = login;
  const [known] = await database.shared(findTenant(tenant));
  const tenantId = known?.id ?? noTenant;
  const account = known === undefined ? `${tenant} ${email}` : email;
  const takeBack = await loginAttempts.begin({ tenantId, account, address });
  if (takeBack === null) {
    metrics.logins.inc({ result: 'limited' });
    throw new ApiError('TOO_MANY_LOGINS');
  }
  const [[user]] = await database.asTenant(tenantId, findUser(tenantId, email));
  const matches = await passwords.matches(password, user?.active === true ? user.passwordHash : null);
  if (matches && user !== undefined) {
    await takeBack();
    return user;
  }
  metrics.logins.inc({ result: 'refused' });
  if (known !== undefined) {
    const subject = user === undefined ? 'unknown user' : `user:${user.id}`;
    const entry = { actorId: user?.id ?? null, action: 'auth.login_refused', subject };
    await database.asTenant(tenantId, addAuditEvent(tenantId, entry));
  }
  throw new ApiError('INVALID_CREDENTIALS');
}

export function registerAuth(app: RouteApp, services: Services, tokens: SessionTokens): void {
  const { configuration, database, metrics, revocations } = services;
  const sessionCookie = sessionCookieName(configuration.COOKIE_SECURE);
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: configuration.COOKIE_SECURE } as const;

  app.post(
    '/api/v1/auth/login',
    { schema: { tags, body: loginSchema, response: { 200: sessionSchema, ...errorResponses } } },
    async (request, reply) => {
      const user = await authenticate(services, request.body, request.ip);
      const { id, tenantId, email, displayName, role } = user;
      await database.asTenant(
        tenantId,
        addAuditEvent(tenantId, { actorId: id, action: 'auth.login', subject: `user:${id}` }),
      );
      const { token, expiresAt } = tokens.issue(user);
      metrics.logins.inc({ result: 'accepted' });
      return reply
        .setCookie(sessionCookie, token, { ...cookie, maxAge: configuration.SESSION_SECONDS })
        .send({ tenantId, user: { id, email, displayName, role }, expiresAt: expiresAt.toISOString() });
    },
  );

  app.post(
    '/api/v1/auth/logout',
    { schema: { tags, response: { 204: z.null(), ...errorResponses } } },
    async (request, reply) => {
      const principal = principalOf(request);
      const { tenantId, userId, sessionId } = principal;
      const entry = { actorId: userId, action: 'auth.logout', subject: `session:${sessionId}` };
      await database.asTenant(tenantId, addAuditEvent(tenantId, entry));
      await revocations.revokeSession(principal);
      return reply.clearCookie(sessionCookie, cookie).status(204).send(null);
    },
  );
}
