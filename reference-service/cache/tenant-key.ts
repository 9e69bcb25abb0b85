/** Names of Redis keys. Every one begins with its tenant; Redis itself refuses this service any other (redis/users.acl). */

/** Stands for no tenant at all, where a key or a step needs one all the same. */
export const noTenant = '00000000-0000-0000-0000-000000000000';

type KeyKind = 'revoked' | 'user-state' | 'login-attempts' | 'quote' | 'exposure' | 'process';

export function tenantKey(tenantId: string, kind: KeyKind, id: string): string {
  return `tenant:${tenantId}:${kind}:${id}`;
}
