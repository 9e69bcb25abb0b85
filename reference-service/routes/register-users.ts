/** Routes of users; administrators only. */
import { violatedConstraint } from '../database/database-failure.ts';
import { ApiError } from '../errors/api-error.ts';
import { createUser, listUsers, updateUser } from '../queries/users.ts';
import { byIdSchema } from '../schemas/fields.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import { newUserSchema, userChangeSchema, userSchema } from '../schemas/user.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['administration'];

export function registerUsers(app: RouteApp, { database, passwords }: Services): void {
  app.get(
    '/api/v1/users',
    { schema: { tags, querystring: pageQuery('text'), response: { 200: pageOf(userSchema), ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, listUsers(tenantId, request.query));
      return toPage(rows, request.query.limit, (row) => [row.email]);
    },
  );

  app.post(
    '/api/v1/users',
    { schema: { tags, body: newUserSchema, response: { 201: userSchema, ...errorResponses } } },
    async (request, reply) => {
      const { tenantId, userId } = principalOf(request);
      const { password, ...user } = request.body;
      const passwordHash = await passwords.hash(password);
      const creation = createUser(tenantId, { ...user, passwordHash }, userId);
      const [rows] = await database.asTenant(tenantId, creation).catch((error: unknown) => {
        throw violatedConstraint(error) === 'users_tenant_email_key'
          ? new ApiError('EMAIL_TAKEN', { cause: error })
          : error;
      });
      return reply.status(201).send(found(rows));
    },
  );
}

/** Changes a user's role or access; their sessions of before end with it. */
export function registerUserChange(app: RouteApp, { database, revocations }: Services): void {
  app.patch(
    '/api/v1/users/:id',
    { schema: { tags, params: byIdSchema, body: userChangeSchema, response: { 200: userSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId, userId } = principalOf(request);
      const { id } = request.params;
      const { role = null, active = null } = request.body;
      // Whoever changes another stays an administrator: a tenant cannot lock itself out.
      if (id === userId && (active === false || (role !== null && role !== 'admin'))) throw new ApiError('OWN_ACCESS');
      const [rows] = await database.asTenant(tenantId, updateUser(tenantId, id, { role, active }, userId));
      const user = found(rows);
      await revocations.changeUser(tenantId, id, user.active ? user.role : 'inactive');
      return user;
    },
  );
}
