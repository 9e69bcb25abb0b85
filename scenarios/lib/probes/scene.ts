/** Who plays in a probe: an owner and a stranger of two tenants, each with a session of every role. */
import { type Answer, type Call, sendProbe } from '../call.ts';
import { type ManifestTenant, type Role, tenants } from '../manifest.ts';
import { type Random, pickOne, shuffled } from '../random.ts';
import { unpack } from '../sessions.ts';

export interface Actor {
  tenant: ManifestTenant;
  cookies: Record<Role, string>;
}

export interface Scene {
  random: Random;
  owner: Actor;
  stranger: Actor;
  /** The tenant with the fewest trades, whose pages can be counted to their end. */
  smallest: Actor;
  /**
   * All tenants that play, in random order: for a probe that needs an owner with something the drawn one may not have.
   */
  cast: () => Actor[];
  /** A text that no other request has: for names, addresses and keys. */
  unique: () => string;
  ask: (call: ProbeCall, cookie: string, headers?: Record<string, string>) => Answer;
}

/** A request of a probe; all of them are one endpoint in the samples. */
export type ProbeCall = Omit<Call, 'endpoint'>;

export interface Stage {
  random: Random;
  groups: readonly string[];
  baseUrl: string;
  arm: string;
  /** Differs from run to run and from one virtual user to the other. */
  prefix: string;
}

const actors = new Map<string, Actor>();

/** A manifest entry is parsed once for each virtual user. */
function actorOf(group: string): Actor {
  const known = actors.get(group);
  if (known !== undefined) return known;
  const { rank, cookies } = unpack(group);
  const tenant = tenants[rank];
  if (tenant === undefined) throw new Error(`no tenant of rank ${rank} in the manifest`);
  const cookieOf = (role: Role): string => cookies.find((session) => session.role === role)?.cookie ?? '';
  const actor = {
    tenant,
    cookies: { admin: cookieOf('admin'), trader: cookieOf('trader'), viewer: cookieOf('viewer') },
  };
  actors.set(group, actor);
  return actor;
}

let sequence = 0;

/** Two different tenants, drawn anew for every probe. The groups are in order of size: the last is the smallest. */
export function newScene(stage: Stage): Scene {
  const { random, groups, baseUrl, arm } = stage;
  const owner = actorOf(pickOne(random, groups));
  const others = groups.filter((group) => actorOf(group) !== owner);
  if (others.length === 0) throw new Error('isolation needs at least two tenants in the manifest');
  return {
    random,
    owner,
    stranger: actorOf(pickOne(random, others)),
    cast: () => shuffled(random, groups).map(actorOf),
    smallest: actorOf(groups[groups.length - 1] ?? ''),
    unique: () => `${stage.prefix}-${(sequence += 1)}`,
    ask: (call, cookie, headers = {}) =>
      sendProbe({ ...call, endpoint: 'probe' }, { baseUrl, arm, tier: owner.tenant.tier, cookie }, headers),
  };
}
