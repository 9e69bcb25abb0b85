/**
 * Probes of isolation in Redis. All tenants share one user there, so two things carry it: the user's rules, which keep the service
 * within `tenant:*`, and the service's own building of keys.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Look, countLooks } from '../look.ts';
import type { ProbeScene, ProbeSuite } from '../probe-scene.ts';
import { openCacheScene } from './cache-scene.ts';
import { probeCommands } from './command-probes.ts';
import { probePermissions } from './permission-probes.ts';
import { probePlantedValues } from './planted-values.ts';
import { connectRedis } from './redis-connection.ts';
import { createStandIn, listUsers } from './stand-in-user.ts';
import { probeUsers } from './user-probes.ts';
import { probeWrittenKeys } from './written-keys.ts';

export const redisSuite: ProbeSuite = {
  layer: 'redis',
  run: async (scene) => countLooks('redis', await probeRedis(scene)),
};

async function probeRedis(scene: ProbeScene): Promise<Look[]> {
  const { redis } = scene.system;
  const admin = await connectRedis(redis, { username: redis.adminUser, password: redis.adminPassword });
  try {
    const rights = await probeRights(scene, admin);
    scene.signal.throwIfAborted();
    const stage = await openCacheScene(scene, admin);
    // What is planted comes after what is found: nothing of ours is among the keys that are looked at.
    return [...rights, ...(await probeWrittenKeys(stage)), ...(await probePlantedValues(stage))];
  } finally {
    admin.disconnect();
  }
}

async function probeRights(
  { system, root }: ProbeScene,
  admin: Awaited<ReturnType<typeof connectRedis>>,
): Promise<Look[]> {
  const name = await serviceUserName(root);
  const serviceUser = (await listUsers(admin)).find((user) => user.name === name);
  if (serviceUser === undefined) throw new Error(`Redis has no user ${name}`);
  const standIn = await createStandIn(admin, serviceUser.rules);
  try {
    const { username, password } = standIn;
    const user = await connectRedis(system.redis, { username, password });
    try {
      return [
        ...(await probeUsers({ system, root, admin, serviceUser, standIn })),
        ...(await probePermissions({ admin, user: name, adminUser: system.redis.adminUser })),
        ...(await probeCommands({ admin, user })),
      ];
    } finally {
      user.disconnect();
    }
  } finally {
    await standIn.remove();
  }
}

async function serviceUserName(root: string): Promise<string> {
  const name = /^user (\S+) /m.exec(await readFile(join(root, 'reference-service', 'redis', 'users.acl'), 'utf8'))?.[1];
  if (name === undefined) throw new Error('reference-service/redis/users.acl declares no user');
  return name;
}
