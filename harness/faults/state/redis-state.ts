/** Who may do what in Redis, as text: its users with their rules, and the settings that decide who gets that far. */
import { createHash } from 'node:crypto';
import type { System } from '../../model/system.ts';
import { withRedisAdmin } from '../with-redis-admin.ts';

const settings = ['protected-mode', 'notify-keyspace-events', 'acl-pubsub-default', 'enable-debug-command'];

export async function redisState(system: System): Promise<string> {
  return withRedisAdmin(system, async (client) => {
    const users = (await client.call('ACL', 'LIST')) as string[];
    const configured: string[] = [];
    for (const name of settings) {
      // An older server has not every one of them and answers with an empty list.
      configured.push(['config', ...((await client.call('CONFIG', 'GET', name)) as string[])].join(' '));
    }
    return [...users.map(withoutSecrets).map(withoutDefaults).sort(), ...configured].join('\n');
  });
}

/** ACL LIST shows SHA-256 sums of passwords: enough to guess a weak one. A sum of the sum tells a change as well. */
function withoutSecrets(user: string): string {
  return user.replaceAll(/#([0-9a-f]{64})/g, (_, sum: string) => `#${digest(sum)}`);
}

/** Payloads are looked at unless a user is exempt; that they are is said of users that a command has reset, and not of those of the file. */
function withoutDefaults(user: string): string {
  return user.replace(' sanitize-payload ', ' ');
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
