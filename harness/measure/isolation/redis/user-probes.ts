/** Who may log in to Redis, and whether the service's user has the rules that its file declares and no others. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { System } from '../../../model/system.ts';
import { asComparison, type Look } from '../look.ts';
import type { AclUser } from './acl-rules.ts';
import { connectRedis, tryCommand } from './redis-connection.ts';
import { createStandIn, listUsers, standInPrefix, type StandIn } from './stand-in-user.ts';

const namespace = 'tenant:';
const declaredRules = /^user \S+ on >\S+ (.+)$/m;

/** The first is that of the example in Redis's own redis.conf, which is switched on by taking a # away. */
const wellKnownPasswords = ['foobared', 'redis', 'password', '123456', 'changeme', 'default'];

interface Users {
  system: System;
  root: string;
  admin: Redis;
  serviceUser: AclUser;
  standIn: StandIn;
}

export async function probeUsers(users: Users): Promise<Look[]> {
  return [
    ...(await probeLogins(users)),
    ...(await probeRules(users)),
    await probeOthers(users),
    ...probePatterns(users),
  ];
}

/** Each on a connection of its own: one that has logged in keeps its user. */
async function probeLogins({ system, serviceUser, standIn }: Users): Promise<Look[]> {
  const attempts: [what: string, command: string[]][] = [
    ['a command without a login', ['PING']],
    ['login with a wrong password', ['AUTH', serviceUser.name, 'certainly-not-this']],
    ['login with an empty password', ['AUTH', serviceUser.name, '']],
    ['login as the anonymous user', ['AUTH', 'default', '']],
    ...wellKnownPasswords.map((password): [string, string[]] => [
      'login as the anonymous user with a well-known password',
      ['AUTH', password],
    ]),
  ];
  const looks = attempts.map(async ([what, command]): Promise<Look[]> => {
    const probe = `redis: ${what}`;
    const client = await connectRedis(system.redis);
    try {
      const reply = await tryCommand(client, command);
      const outcome = ({ answered: 'violation', refused: 'ok', silent: 'undecided' } as const)[reply.kind];
      const allowed = await tryCommand(client, ['AUTH', standIn.username, standIn.password]);
      const control = ({ answered: 'ok', refused: 'violation', silent: 'undecided' } as const)[allowed.kind];
      return [
        { probe, kind: 'probe', outcome, detail: reply.kind === 'silent' ? reply.message : 'it was let in' },
        { probe, kind: 'control', outcome: control, detail: 'a login with the right password was refused' },
      ];
    } finally {
      client.disconnect();
    }
  });
  return (await Promise.all(looks)).flat();
}

/** A second user is made from the declaration: Redis writes both in the same form. */
async function probeRules({ root, admin, serviceUser }: Users): Promise<Look[]> {
  const probe = "redis: rules of the service's user, against its declaration";
  const declaration = declaredRules.exec(await readFile(join(root, 'reference-service', 'redis', 'users.acl'), 'utf8'));
  if (declaration?.[1] === undefined)
    throw new Error('reference-service/redis/users.acl declares no user with a password');
  const declared = await createStandIn(admin, declaration[1].trim().split(/\s+/));
  try {
    const users = await listUsers(admin);
    const wanted = users.find(({ name }) => name === declared.username)?.rules ?? [];
    const surplus = serviceUser.rules.filter((rule) => !wanted.includes(rule));
    const same = surplus.length === 0 && wanted.every((rule) => serviceUser.rules.includes(rule));
    const good = same && !serviceUser.withoutPassword;
    const detail = serviceUser.withoutPassword
      ? 'it needs no password'
      : `beyond the declaration: ${surplus.join(' ')}`;
    return [
      asComparison(probe, good ? 'ok' : 'violation', detail),
      {
        probe,
        kind: 'control',
        outcome: wanted.length > 0 ? 'ok' : 'violation',
        detail: 'a user with the declared rules could not be made',
      },
    ];
  } finally {
    await declared.remove();
  }
}

async function probeOthers({ system, admin, serviceUser }: Users): Promise<Look> {
  const known = new Set([serviceUser.name, system.redis.adminUser]);
  const others = (await listUsers(admin)).filter(
    ({ name, enabled }) => enabled && !known.has(name) && !name.startsWith(standInPrefix),
  );
  const names = others.map(({ name }) => name).join(', ');
  return asComparison(
    'redis: users beside the declared ones',
    others.length === 0 ? 'ok' : 'violation',
    `may log in: ${names}`,
  );
}

function probePatterns({ serviceUser, system }: Users): Look[] {
  const wide = serviceUser.keyPatterns.filter((pattern) => !pattern.startsWith(namespace));
  const outcome = serviceUser.enabled ? 'ok' : 'violation';
  const detail = `${serviceUser.name} at ${system.redis.host} is switched off`;
  const controlled = ["redis: key patterns of the service's user", 'redis: users beside the declared ones'];
  return [
    asComparison(
      "redis: key patterns of the service's user",
      wide.length === 0 ? 'ok' : 'violation',
      `outside ${namespace}*: ${wide.join(' ')}`,
    ),
    ...controlled.map((probe): Look => ({ probe, kind: 'control', outcome, detail })),
  ];
}
