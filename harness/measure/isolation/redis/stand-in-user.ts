/** A user of Redis with exactly the rules of another one, and a password of its own: the rules stay what is under test. */
import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { type AclUser, parseAclUser } from './acl-rules.ts';

/** Users of this name are ours, whichever run of the probes made them. */
export const standInPrefix = 'signoff-probe-';

export interface StandIn {
  username: string;
  password: string;
  remove(): Promise<void>;
}

export async function listUsers(admin: Redis): Promise<AclUser[]> {
  const lines = await admin.acl('LIST');
  return lines.map(parseAclUser);
}

/** In memory only: it is never written to the file of users, and gone with `remove` or with the server. */
export async function createStandIn(admin: Redis, rules: readonly string[]): Promise<StandIn> {
  const username = `${standInPrefix}${randomBytes(6).toString('hex')}`;
  const password = randomBytes(24).toString('base64url');
  await admin.call('ACL', ['SETUSER', username, 'reset', 'on', `>${password}`, ...rules]);
  return { username, password, remove: async () => void (await admin.call('ACL', ['DELUSER', username])) };
}
