/** Users that no other test knows: whatever an attack does to one, nothing else depends on. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call, type Role, type SeededTenant } from '../../testing/api-client.ts';
import { as } from './actors.ts';

const password = 'a long enough password';

export const userWith = (changes: object = {}) => ({
  email: `${randomUUID()}@test.example`,
  displayName: 'T',
  role: 'viewer',
  password,
  ...changes,
});

export interface NewUser {
  path: string;
  /** As the owner reads it. */
  row: Record<string, unknown>;
  login: { tenant: string; email: string; password: string };
}

export async function newUser(tenant: SeededTenant, role: Role = 'viewer'): Promise<NewUser> {
  const body = userWith({ role });
  const created = await call('POST', '/api/v1/users', { cookie: await as(tenant, 'admin'), body });
  expect([created.status, created.body['role'], created.body['active']]).toEqual([201, role, true]);
  const login = { tenant: tenant.slug, email: body.email, password };
  return { path: `/api/v1/users/${String(created.body['id'])}`, row: created.body, login };
}
