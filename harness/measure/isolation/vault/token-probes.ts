/** Tokens: what the service may make of them, what they carry, and that they end when they should. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Look, asComparison, asControl, asProbe } from '../look.ts';
import { mustFail, mustSucceed } from './vault-looks.ts';
import type { VaultAnswer } from './vault-request.ts';
import { authSchema, tenantTokenRole, type TokenGiven, type VaultActor, type VaultScene } from './vault-scene.ts';

const longestSeconds = 3_600;

export async function probeTokens(scene: VaultScene): Promise<Look[]> {
  const [pair] = scene.pairs;
  if (pair === undefined) return [];
  // The role is one for all tenants: what it allows for one it allows for each.
  const looks = [
    ...(await probeForbiddenTokens(scene, pair.owner, pair.stranger)),
    ...(await probeGreed(scene, pair.owner)),
  ];
  for (const { owner } of scene.pairs) looks.push(...(await probeBounds(scene, owner)));
  return looks;
}

interface ForbiddenToken {
  /** Names the probe. */
  what: string;
  path?: string;
  body: (owner: VaultActor, stranger: VaultActor) => Record<string, unknown>;
}

const forbiddenTokens: ForbiddenToken[] = [
  { what: 'with the root policy', body: () => ({ policies: ['root'] }) },
  { what: 'with the default policy', body: () => ({ policies: ['default'] }) },
  { what: "with the service's policy", body: () => ({ policies: ['alphapulse'] }) },
  {
    what: "with a tenant's policy and the service's",
    body: ({ tenant }) => ({ policies: [`tenant-${tenant.id}`, 'alphapulse'] }),
  },
  {
    what: 'with an id of its own choice',
    // Of letters alone: Vault takes no id that looks like one of its own, whoever asks.
    body: ({ tenant }) => ({ policies: [`tenant-${tenant.id}`], id: `signoffprobe${randomBytes(6).toString('hex')}` }),
  },
  { what: 'past the role', path: 'auth/token/create', body: ({ tenant }) => ({ policies: [`tenant-${tenant.id}`] }) },
  {
    what: 'without a parent',
    path: 'auth/token/create-orphan',
    body: ({ tenant }) => ({ policies: [`tenant-${tenant.id}`] }),
  },
];

/** What comes back all the same is ended at once; it counts by the policies that it really has. */
async function probeForbiddenTokens(scene: VaultScene, owner: VaultActor, stranger: VaultActor): Promise<Look[]> {
  const { vault, serviceToken } = scene;
  const looks: Look[] = [];
  const proper = await makeProperToken(scene, owner);
  for (const { what, path = `auth/token/create/${tenantTokenRole}`, body } of forbiddenTokens) {
    const probe = `vault: the service makes a token ${what}`;
    const request = { method: 'POST', path, body: { ttl: '1m', ...body(owner, stranger) } } as const;
    const tried = await vault.ask({ ...request, token: serviceToken });
    looks.push(mustFail(probe, 'the service', tried), mustSucceed(probe, 'the service', proper));
    await revokeGiven(scene, tried.body);
  }
  const probe = 'vault: a tenant makes a token';
  const body = { policies: [`tenant-${owner.tenant.id}`] };
  const path = `auth/token/create/${tenantTokenRole}`;
  const tried = await vault.ask({ method: 'POST', path, token: stranger.token, body });
  await revokeGiven(scene, tried.body);
  return [...looks, mustFail(probe, stranger.tenant.slug, tried), mustSucceed(probe, 'the service', proper)];
}

/** The control: as the service really does it. */
async function makeProperToken(scene: VaultScene, owner: VaultActor): Promise<VaultAnswer> {
  const path = `auth/token/create/${tenantTokenRole}`;
  const body = { policies: [`tenant-${owner.tenant.id}`], no_default_policy: true, ttl: '1m' };
  const answer = await scene.vault.ask({ method: 'POST', path, token: scene.serviceToken, body });
  await revokeGiven(scene, answer.body);
  return answer;
}

async function revokeGiven({ vault, asRoot }: VaultScene, body: string): Promise<void> {
  const accessor = /"auth":\{[^}]*"accessor":"([^"]+)"/.exec(body)?.[1];
  if (accessor !== undefined) {
    await vault.ask(asRoot({ method: 'POST', path: 'auth/token/revoke-accessor', body: { accessor } }));
  }
}

const lookupSchema = z.object({
  data: z.object({
    policies: z.array(z.string()),
    identity_policies: z.array(z.string()).nullish(),
    ttl: z.number(),
    period: z.union([z.number(), z.string()]).nullish(),
    renewable: z.boolean(),
    orphan: z.boolean(),
    type: z.string(),
  }),
});

/** However much is asked for, the role decides: one tenant's policy, an hour, no renewal, a parent. */
async function probeGreed(scene: VaultScene, owner: VaultActor): Promise<Look[]> {
  const probe = "vault: a tenant's token that asks for more than its role gives";
  const greed = { ttl: '720h', explicit_max_ttl: '720h', renewable: true, no_parent: true, type: 'service' };
  const body = { policies: [`tenant-${owner.tenant.id}`], no_default_policy: false, ...greed };
  const path = `auth/token/create/${tenantTokenRole}`;
  const answer = await scene.vault.ask({ method: 'POST', path, token: scene.serviceToken, body });
  const control = mustSucceed(probe, 'the service', await makeProperToken(scene, owner));
  if (answer.status !== 200) return [mustFail(probe, 'the service', answer), control];
  const { auth } = authSchema.parse(JSON.parse(answer.body));
  const excesses = await lookUpExcesses(scene, auth.client_token, owner);
  await revokeGiven(scene, answer.body);
  return [asProbe(probe, excesses.length === 0 ? 'ok' : 'violation', excesses.join(', ')), control];
}

async function probeBounds(scene: VaultScene, owner: VaultActor): Promise<Look[]> {
  const probe = "vault: what a tenant's token carries";
  const excesses = await lookUpExcesses(scene, owner.token, owner);
  const own = await scene.vault.ask({ method: 'GET', path: `kv/data/${owner.secret}`, token: owner.token });
  return [
    asComparison(probe, excesses.length === 0 ? 'ok' : 'violation', `${owner.tenant.slug}: ${excesses.join(', ')}`),
    mustSucceed(probe, owner.tenant.slug, own, owner.canary),
  ];
}

/** In what a token goes beyond one tenant's, as the operator sees it. One that cannot be renewed lives no longer than its time. */
async function lookUpExcesses({ vault, asRoot }: VaultScene, token: string, { tenant }: VaultActor): Promise<string[]> {
  const answer = await vault.expect(asRoot({ method: 'POST', path: 'auth/token/lookup', body: { token } }));
  const { data } = lookupSchema.parse(answer);
  const policies = [...data.policies, ...(data.identity_policies ?? [])];
  const found: [what: string, wrong: boolean][] = [
    [`policies ${policies.join(' ')}`, policies.join() !== `tenant-${tenant.id}`],
    [`lives ${data.ttl} s`, !(data.ttl > 0 && data.ttl <= longestSeconds)],
    ['has a period', Number(data.period ?? 0) !== 0],
    ['can be renewed', data.renewable],
    ['has no parent', data.orphan],
    [`is of type ${data.type}`, data.type !== 'service'],
  ];
  return found.flatMap(([what, wrong]) => (wrong ? [what] : []));
}

/** Of the service's own token: its policy, and an hour at a time. */
export function lookAtServiceToken(given: TokenGiven): Look[] {
  const probe = "vault: what the service's token carries";
  const good =
    given.policies.join() === 'alphapulse' && given.lease_duration <= longestSeconds && given.lease_duration > 0;
  const detail = `policies ${given.policies.join(' ')}, ${given.lease_duration} s`;
  return [asComparison(probe, good ? 'ok' : 'violation', detail), asControl(probe, 'ok', 'it logged in')];
}
