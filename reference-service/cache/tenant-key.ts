/** Names of Redis keys. Every one begins with its tenant; Redis itself refuses this service any other (redis/users.acl). */

type KeyKind = 'revoked' | 'user-state' | 'login-attempts' | 'quote' | 'exposure' | 'process';

export function tenantKey(tenantId: string, kind: KeyKind, id: string): string {
  return `tenant:${tenantId}:${kind}:${id}`;
}
