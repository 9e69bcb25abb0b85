/** Keys of every type outside the service's namespace, and a few inside it that belong to no tenant: planted, then removed. */
import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Keys of this form are ours, whichever run of the probes planted them. */
const foreignPrefix = 'signoff-probe:';
/** Of a neighbour whose namespace begins with the same letters. */
const neighbourPrefix = 'tenants:signoff-probe:';
/** Of nobody: tenants' ids are random (UUID version 4), and no random one begins like this. */
const nobody = '00000000-0000-4000-8000-';
const bytesOfName = 6;

export interface ProbeKeys {
  prefix: string;
  text: string;
  number: string;
  hash: string;
  list: string;
  set: string;
  sortedSet: string;
  stream: string;
  count: string;
  neighbour: string;
  /** Within the namespace. */
  own: string;
}

export function nameKeys(): ProbeKeys {
  const name = randomBytes(bytesOfName).toString('hex');
  const prefix = `${foreignPrefix}${name}:`;
  return {
    ...{ prefix, text: `${prefix}text`, number: `${prefix}number`, hash: `${prefix}hash`, list: `${prefix}list` },
    ...{ set: `${prefix}set`, sortedSet: `${prefix}sorted`, stream: `${prefix}stream`, count: `${prefix}count` },
    neighbour: `${neighbourPrefix}${name}`,
    own: `tenant:${nobody}${name}:process:probe`,
  };
}

export function isProbeKey(key: string): boolean {
  return key.startsWith(foreignPrefix) || key.startsWith(neighbourPrefix) || key.startsWith(`tenant:${nobody}`);
}

/** Anew, whatever commands have made of them; in one round trip. */
export async function plantKeys(admin: Redis, keys: ProbeKeys): Promise<void> {
  const results = await admin
    .pipeline()
    .unlink(...everyKey(keys))
    .set(keys.text, 'of somebody else')
    .set(keys.neighbour, 'of somebody else')
    .set(keys.number, '1')
    .hset(keys.hash, 'field', 'of somebody else')
    .rpush(keys.list, 'of', 'somebody', 'else')
    .sadd(keys.set, 'of somebody else')
    .zadd(keys.sortedSet, 1, 'of somebody else')
    .xadd(keys.stream, '*', 'field', 'of somebody else')
    .pfadd(keys.count, 'of somebody else')
    .set(keys.own, 'own')
    .exec();
  const failure = (results ?? []).find(([error]) => error !== null)?.[0];
  if (failure !== undefined && failure !== null) throw failure;
}

export async function removeKeys(admin: Redis, keys: ProbeKeys): Promise<void> {
  await admin.unlink(...everyKey(keys));
}

function everyKey(keys: ProbeKeys): string[] {
  const { prefix, own, ...typed } = keys;
  const made = ['', ':number', ':list', ':set', ':sorted', ':count'].map((ending) => `${own}${ending}`);
  return [...Object.values(typed), `${prefix}new`, ...made];
}
