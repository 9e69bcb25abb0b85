/** Other spellings of the path of another tenant's secret: none may lead around the policy that its plain spelling meets. */
import { type Look, asProbe } from '../look.ts';
import { isSuccess, mustFail, mustSucceed } from './vault-looks.ts';
import type { VaultAnswer } from './vault-request.ts';
import type { VaultActor, VaultScene } from './vault-scene.ts';

interface Spelling {
  /** Names the probe. */
  what: string;
  path: (owner: VaultActor, stranger: VaultActor) => string;
  headers?: (owner: VaultActor) => Record<string, string>;
}

const nameOf = ({ secret, tenant }: VaultActor): string => secret.slice(`tenants/${tenant.id}/`.length);
/** From the caller's own tenant, and from the place of its own secrets. */
const withinOwn = (stranger: VaultActor, climb: string, owner: VaultActor): string =>
  `kv/data/tenants/${stranger.tenant.id}/${climb}${owner.tenant.id}/${nameOf(owner)}`;
const withinOwnPlace = (stranger: VaultActor, climb: string, owner: VaultActor): string =>
  `kv/data/tenants/${stranger.tenant.id}/broker-credentials/${climb}${climb}${owner.tenant.id}/${nameOf(owner)}`;

const spellings: Spelling[] = [
  { what: 'climbing by ..', path: (owner, stranger) => withinOwn(stranger, '../', owner) },
  { what: 'climbing by encoded dots', path: (owner, stranger) => withinOwn(stranger, '%2e%2e/', owner) },
  { what: 'climbing twice by encoded dots', path: (owner, stranger) => withinOwnPlace(stranger, '%2e%2e/', owner) },
  { what: 'climbing twice by encoded slashes', path: (owner, stranger) => withinOwnPlace(stranger, '..%2f', owner) },
  { what: 'climbing by an encoded slash', path: (owner, stranger) => withinOwn(stranger, '..%2f', owner) },
  { what: 'climbing by encoded dots and slash', path: (owner, stranger) => withinOwn(stranger, '%2e%2e%2f', owner) },
  { what: 'climbing by dots encoded twice', path: (owner, stranger) => withinOwn(stranger, '%252e%252e/', owner) },
  { what: 'climbing by a backslash', path: (owner, stranger) => withinOwn(stranger, '..%5c', owner) },
  { what: 'climbing by dots with a semicolon', path: (owner, stranger) => withinOwn(stranger, '..;/', owner) },
  { what: 'a trailing slash', path: ({ secret }) => `kv/data/${secret}/` },
  { what: 'an encoded trailing slash', path: ({ secret }) => `kv/data/${secret}%2f` },
  { what: 'doubled slashes', path: ({ secret }) => `kv//data//${secret}` },
  { what: 'a leading slash', path: ({ secret }) => `/kv/data/${secret}` },
  { what: 'a dot as part of the path', path: ({ secret }) => `kv/data/./${secret}` },
  { what: 'an encoded dot as part of the path', path: ({ secret }) => `kv/data/%2e/${secret}` },
  { what: 'capital letters', path: ({ secret }) => `KV/DATA/${secret.toUpperCase()}` },
  { what: 'an encoded letter', path: ({ secret }) => `kv/data/%74${secret.slice(1)}` },
  { what: 'an encoded null', path: ({ secret }) => `kv/data/${secret}%00` },
  { what: 'a wildcard for the tenant', path: (owner) => `kv/data/tenants/*/${nameOf(owner)}` },
  { what: 'a plus sign for the tenant', path: (owner) => `kv/data/tenants/+/${nameOf(owner)}` },
  { what: 'the query of a list', path: ({ secret }) => `kv/data/${secret}?list=true` },
  {
    what: 'a namespace header',
    path: ({ secret }) => `data/${secret}`,
    headers: () => ({ 'x-vault-namespace': 'kv' }),
  },
  {
    what: 'a namespace header with the path of the secret',
    path: ({ secret }) => `kv/data/${secret}`,
    headers: ({ tenant }) => ({ 'x-vault-namespace': `tenants/${tenant.id}` }),
  },
  {
    what: 'a header that overrides the method',
    path: ({ secret }) => `kv/metadata/${secret}`,
    headers: () => ({ 'x-http-method-override': 'LIST' }),
  },
];

/**
 * Between two tenants, since the policies of all are made alike: read, and what was made to be overwritten, written. A redirect
 * leads to a path that the policy guards; a failure of the server is one of what lies behind the policy, as long as the plain path
 * is answered.
 */
export async function probePaths(scene: VaultScene): Promise<Look[]> {
  const [pair] = scene.pairs;
  if (pair === undefined) return [];
  const { vault } = scene;
  const { owner, stranger } = pair;
  const who = `${stranger.tenant.slug} at ${owner.tenant.slug}`;
  const looks: Look[] = [];
  for (const { what, path, headers } of spellings) {
    const request = { token: stranger.token, ...(headers && { headers: headers(owner) }) };
    const read = await vault.ask({ ...request, method: 'GET', path: path(owner, stranger) });
    const place = path({ ...owner, secret: owner.spare }, stranger);
    const written = await vault.ask({ ...request, method: 'POST', path: place, body: { data: { canary: 'planted' } } });
    const own = await vault.ask({ method: 'GET', path: `kv/data/${owner.secret}`, token: owner.token });
    for (const [verb, answer] of [
      ['read', read],
      ['written', written],
    ] as const) {
      const probe = `vault: another tenant's secret ${verb} by ${what}`;
      looks.push(
        mustStayBefore(probe, who, answer, { own, owner }),
        mustSucceed(probe, owner.tenant.slug, own, owner.canary),
      );
    }
    if (isSuccess(written)) await removePlanted(scene, place);
  }
  return looks;
}

/** Wherever it went: the operator finds it by the same path. */
async function removePlanted({ vault, asRoot }: VaultScene, place: string): Promise<void> {
  await vault.ask(asRoot({ method: 'DELETE', path: place.replace('kv/data/', 'kv/metadata/') }));
}

function mustStayBefore(
  probe: string,
  who: string,
  answer: VaultAnswer,
  { own, owner }: { own: VaultAnswer; owner: VaultActor },
): Look {
  const behind = answer.status >= 500 || answer.status === 404;
  if (!behind || !isSuccess(own)) return mustFail(probe, who, answer, [owner.canary]);
  return asProbe(probe, 'violation', `${who}: no policy refused it (status ${answer.status})`);
}
