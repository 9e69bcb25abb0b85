/** Users: who may log in, and as what. */
import { query, statement } from '../database/statement.ts';
import type { Role, User } from '../schemas/user.ts';
import { keysetList } from './keyset-list.ts';

const columns = `id, tenant_id as "tenantId", email, display_name as "displayName", role, active, created_at as "createdAt"`;

export const listUsers = keysetList<User>({
  name: 'users.list',
  select: `select ${columns} from users`,
  tenantColumn: 'tenant_id',
  keys: [{ column: 'email', type: 'text' }],
  direction: 'asc',
});

const tenantBySlug = statement<{ id: string }>('tenants.by-slug', 'select id from tenants where slug = $1');

export function findTenant(slug: string) {
  return query(tenantBySlug, slug);
}

const byEmail = statement<User & { passwordHash: string }>(
  'users.by-email',
  `select ${columns}, password_hash as "passwordHash" from users where tenant_id = $1 and email = $2`,
);

export function findUser(tenantId: string, email: string) {
  return query(byEmail, tenantId, email);
}

const create = statement<User>(
  'users.create',
  `with created as (
     insert into users (tenant_id, email, display_name, role, password_hash) values ($1, $2, $3, $4, $5) returning *
   ), audited as (
     insert into audit_events (tenant_id, actor_id, action, subject, detail)
     select tenant_id, $6, 'user.created', 'user:' || id, jsonb_build_object('role', role) from created
   )
   select ${columns} from created`,
);

interface NewUser {
  email: string;
  displayName: string;
  role: Role;
  passwordHash: string;
}

export function createUser(tenantId: string, user: NewUser, actorId: string) {
  return query(create, tenantId, user.email, user.displayName, user.role, user.passwordHash, actorId);
}

const update = statement<User>(
  'users.update',
  `with changed as (
     update users set role = coalesce($3, role), active = coalesce($4, active) where tenant_id = $1 and id = $2
     returning *
   ), audited as (
     insert into audit_events (tenant_id, actor_id, action, subject, detail)
     select tenant_id, $5, 'user.updated', 'user:' || id, jsonb_build_object('role', role, 'active', active) from changed
   )
   select ${columns} from changed`,
);

export function updateUser(
  tenantId: string,
  id: string,
  change: { role: Role | null; active: boolean | null },
  actorId: string,
) {
  return query(update, tenantId, id, change.role, change.active, actorId);
}

const sessionStands = statement<{ stands: boolean }>(
  'users.session-stands',
  `select exists (select from users where tenant_id = $1 and id = $2 and active and role = $3)
     and not exists (select from audit_events where tenant_id = $1 and action = 'auth.logout' and subject = 'session:' || $4) as stands`,
);

/** Whether a session is still good, asked of the database itself: its user is active in that role and did not log out. */
export function checkSession(tenantId: string, session: { userId: string; role: Role; sessionId: string }) {
  return query(sessionStands, tenantId, session.userId, session.role, session.sessionId);
}
