/** Who attacks and who is attacked: two seeded tenants, and sessions of their users. */
import { sessionOf, tenantAt, type Role, type SeededTenant } from '../../testing/api-client.ts';

/** The attacker's own tenant, and the one that the attacker is after. */
export const mine = tenantAt(0);
export const theirs = tenantAt(1);

const sessions = new Map<string, Promise<string>>();

/** The cookie of a user of that role, logged in once. */
export function as(tenant: SeededTenant, role: Role): Promise<string> {
  const key = `${tenant.slug} ${role}`;
  const known = sessions.get(key) ?? sessionOf(tenant, role);
  sessions.set(key, known);
  return known;
}

/** The first id of a kind that the tenant has. */
export function idOf(tenant: SeededTenant, kind: keyof SeededTenant['samples']): string {
  const [id] = tenant.samples[kind];
  if (id === undefined) throw new Error(`${tenant.slug} has none of ${kind}`);
  return id;
}

export function userOf(tenant: SeededTenant, role: Role): { id: string; email: string } {
  const user = tenant.users.find((candidate) => candidate.role === role);
  if (user === undefined) throw new Error(`${tenant.slug} has no ${role}`);
  return user;
}
