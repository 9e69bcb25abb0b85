/** Makes what is missing of the tree of secrets: passwords, and the files that hand them to Redis and PgBouncer. */
import { randomBytes } from 'node:crypto';
import { poolFiles } from './pool-files.ts';
import { redisUsers } from './redis-users.ts';
import type { ProvisioningContext } from './provisioning-context.ts';
import { secretNames } from './secret-names.ts';
import type { SecretTree } from './secret-tree.ts';

const randomByteCount = 24;

/** Each password, and the copy of it that its server reads from a folder of its own. */
const passwords = [
  { name: secretNames.postgresAdmin, copy: secretNames.postgresAdminForServer },
  { name: secretNames.redisAdmin, copy: secretNames.redisAdminForServer },
  { name: secretNames.ownerPassword },
  { name: secretNames.appPassword },
  { name: secretNames.exemptPassword },
  { name: secretNames.redisServicePassword },
];

/** A copy whose original is lost is taken for it: the server may be running with it already. */
function findOrMakePassword(tree: SecretTree, name: string, copy: string | undefined): string {
  const known = tree.read(name) ?? (copy === undefined ? null : tree.read(copy));
  return known === null || known === '' ? randomBytes(randomByteCount).toString('base64url') : known;
}

/** Returns the names of the files that it made or put right. */
export function makeSecrets({ tree, settings, serviceDirectory }: ProvisioningContext): { written: string[] } {
  const written: string[] = [];
  const place = (name: string, content: string): void => {
    if (tree.write(name, content)) written.push(name);
  };
  for (const { name, copy } of passwords) {
    const password = findOrMakePassword(tree, name, copy);
    place(name, password);
    if (copy !== undefined) place(copy, password);
  }
  place(secretNames.redisUsers, redisUsers(tree, serviceDirectory));
  for (const [name, content] of Object.entries(poolFiles(tree, settings))) place(name, content);
  return { written };
}
