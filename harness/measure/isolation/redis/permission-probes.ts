/** Commands too dangerous to send for a test: Redis itself says whether the service's user might (`ACL DRYRUN`, Redis 7). */
import type { Redis } from 'ioredis';
import type { Look } from '../look.ts';
import { tryCommand } from './redis-connection.ts';

const commands: readonly (readonly string[])[] = [
  // Everything at once.
  ...[['FLUSHALL'], ['FLUSHDB'], ['KEYS', '*'], ['DBSIZE'], ['SWAPDB', '0', '1'], ['SELECT', '1']],
  ...[
    ['MOVE', 'tenant:x', '1'],
    ['RESTORE', 'elsewhere', '0', 'payload'],
  ],
  // What others send and receive.
  ...[
    ['MONITOR'],
    ['SLOWLOG', 'GET'],
    ['CLIENT', 'LIST'],
    ['CLIENT', 'KILL', 'TYPE', 'normal'],
    ['CLIENT', 'PAUSE', '1'],
  ],
  ...[
    ['SUBSCRIBE', 'channel'],
    ['PSUBSCRIBE', '*'],
    ['PSUBSCRIBE', '__keyspace@0__:tenant:*'],
    ['PSUBSCRIBE', 'tenant:*'],
  ],
  ...[
    ['SSUBSCRIBE', 'channel'],
    ['PUBSUB', 'CHANNELS'],
  ],
  // Rights and settings.
  ...[
    ['ACL', 'LIST'],
    ['ACL', 'SETUSER', 'x'],
    ['ACL', 'GETUSER', 'admin'],
    ['ACL', 'DELUSER', 'x'],
    ['ACL', 'SAVE'],
  ],
  ...[['CONFIG', 'GET', '*'], ['CONFIG', 'SET', 'dir', '/'], ['CONFIG', 'REWRITE'], ['INFO'], ['COMMAND', 'DOCS']],
  // Code of one's own.
  ...[
    ['MODULE', 'LOAD', '/x.so'],
    ['MODULE', 'LIST'],
    ['FUNCTION', 'LOAD', 'code'],
    ['FUNCTION', 'LIST'],
    ['FCALL', 'f', '0'],
  ],
  ...[
    ['EVALSHA', 'sha', '0'],
    ['SCRIPT', 'FLUSH'],
    ['MULTI'],
    ['WATCH', 'elsewhere'],
    ['DEBUG', 'OBJECT', 'elsewhere'],
  ],
  // Away with the data, or with the server.
  ...[['MIGRATE', 'host', '1', 'elsewhere', '0', '1'], ['REPLICAOF', 'host', '1'], ['PSYNC', '?', '-1'], ['FAILOVER']],
  ...[
    ['SAVE'],
    ['BGSAVE'],
    ['BGREWRITEAOF'],
    ['SHUTDOWN'],
    ['CLUSTER', 'MEET', '127.0.0.1', '1'],
    ['LATENCY', 'RESET'],
  ],
];

interface DryRun {
  admin: Redis;
  /** Name of the service's user. */
  user: string;
  adminUser: string;
}

export async function probePermissions({ admin, user, adminUser }: DryRun): Promise<Look[]> {
  const looks = commands.map(async (command): Promise<Look[]> => {
    const probe = `redis: permission for ${command.join(' ')}`;
    const [tried, allowed] = await Promise.all([mayRun(admin, user, command), mayRun(admin, adminUser, command)]);
    return [
      { probe, kind: 'probe', outcome: outcomeOf(tried, false), detail: `the service's user: ${tried}` },
      { probe, kind: 'control', outcome: outcomeOf(allowed, true), detail: `the administrator: ${allowed}` },
    ];
  });
  return (await Promise.all(looks)).flat();
}

type Permission = 'allowed' | 'refused' | `unknown: ${string}`;

function outcomeOf(permission: Permission, expected: boolean): Look['outcome'] {
  if (permission !== 'allowed' && permission !== 'refused') return 'undecided';
  return (permission === 'allowed') === expected ? 'ok' : 'violation';
}

/** OK, or a text that says which right is missing: for a command, a key or a channel. */
async function mayRun(admin: Redis, username: string, command: readonly string[]): Promise<Permission> {
  const reply = await tryCommand(admin, ['ACL', 'DRYRUN', username, ...command]);
  if (reply.kind !== 'answered') return `unknown: ${reply.message}`;
  if (reply.value === 'OK') return 'allowed';
  const text = String(reply.value);
  return text.includes('no permissions') ? 'refused' : `unknown: ${text}`;
}
