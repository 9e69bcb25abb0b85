/** Redis' list of users: the service's own, an administrator, and nobody anonymous. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretNames } from './secret-names.ts';
import type { SecretTree } from './secret-tree.ts';

export const redisAdminUser = 'admin';

/** The content of Redis' aclfile (Redis documentation, "ACL"). */
export function redisUsers(tree: SecretTree, serviceDirectory: string): string {
  const template = readFileSync(join(serviceDirectory, 'redis', 'users.acl'), 'utf8');
  const adminPassword = tree.require(secretNames.redisAdmin, 'secrets');
  const hash = createHash('sha256').update(adminPassword).digest('hex');
  const users = [
    'user default off',
    `user ${redisAdminUser} on #${hash} ~* &* +@all`,
    template.replaceAll('{{password}}', tree.require(secretNames.redisServicePassword, 'secrets')).trim(),
  ];
  return `${users.join('\n')}\n`;
}
