/** Tokens that have ended: expired, revoked, or with the token that they were made from. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Look, asControl, asProbe } from '../look.ts';
import type { VaultRequest } from './vault-request.ts';
import { decidesNothing, isSuccess, mustFail, mustSucceed } from './vault-looks.ts';
import type { VaultActor, VaultScene } from './vault-scene.ts';

const shortTtlMs = 1_000;
/** Vault ends tokens in the background, later where the machine is busy: seen for so long, and so often, one has not ended. */
const patienceMs = 10_000;
const fewestLooks = 50;
const lookEveryMs = 50;

/** Side by side: the first of them waits a second for its token to expire. */
export async function probeEndedTokens(scene: VaultScene, signal: AbortSignal): Promise<Look[]> {
  const [pair] = scene.pairs;
  if (pair === undefined) return [];
  const { owner } = pair;
  const looks = await Promise.all([
    probeExpired(scene, owner, signal),
    probeRevoked(scene, owner, signal),
    probeOrphaned(scene, owner, signal),
    probeEndedSecretId(scene),
  ]);
  return looks.flat();
}

async function probeExpired(scene: VaultScene, owner: VaultActor, signal: AbortSignal): Promise<Look[]> {
  const probe = 'vault: an expired token';
  const parent = await scene.logIn();
  const expiresAtMs = performance.now() + shortTtlMs;
  const given = await scene.createTenantToken(parent.client_token, owner.tenant.id, { ttl: `${shortTtlMs}ms` });
  return await mustEnd(scene, { probe, owner, token: given.client_token, end: null, expiresAtMs }, signal);
}

async function probeRevoked(scene: VaultScene, owner: VaultActor, signal: AbortSignal): Promise<Look[]> {
  const probe = 'vault: a revoked token';
  const parent = await scene.logIn();
  const { client_token: token } = await scene.createTenantToken(parent.client_token, owner.tenant.id);
  const end = scene.asRoot({ method: 'POST', path: 'auth/token/revoke', body: { token } });
  return await mustEnd(scene, { probe, owner, token, end }, signal);
}

async function probeOrphaned(scene: VaultScene, owner: VaultActor, signal: AbortSignal): Promise<Look[]> {
  const probe = "vault: a tenant's token after the service's was revoked";
  const parent = await scene.logIn();
  const { client_token: token } = await scene.createTenantToken(parent.client_token, owner.tenant.id);
  const end = scene.asRoot({ method: 'POST', path: 'auth/token/revoke', body: { token: parent.client_token } });
  return await mustEnd(scene, { probe, owner, token, end }, signal);
}

interface Ending {
  probe: string;
  owner: VaultActor;
  token: string;
  /** null: it ends by itself. */
  end: VaultRequest | null;
  /** By performance.now(): not used before then, nothing was seen of it. */
  expiresAtMs?: number;
}

/** Accepted before, refused soon after. */
async function mustEnd(
  { vault }: VaultScene,
  { probe, owner, token, end, expiresAtMs = Infinity }: Ending,
  signal: AbortSignal,
): Promise<Look[]> {
  const request = { method: 'GET', path: `kv/data/${owner.secret}`, token } as const;
  const before = await vault.ask(request);
  if (!isSuccess(before) && performance.now() >= expiresAtMs)
    return [asProbe(probe, 'undecided', 'it had expired before it could be used')];
  const ended = end === null ? { status: 204, body: '' } : await vault.ask(end);
  if (!isSuccess(ended)) {
    const outcome = decidesNothing(ended) ? 'undecided' : 'violation';
    return [asProbe(probe, outcome, `it could not be ended: status ${ended.status}`)];
  }
  const deadlineMs = performance.now() + patienceMs;
  let after = await vault.ask(request);
  let looks = 1;
  while ((isSuccess(after) || decidesNothing(after)) && (looks < fewestLooks || performance.now() < deadlineMs)) {
    await delay(lookEveryMs, undefined, { signal });
    after = await vault.ask(request);
    looks += 1;
  }
  return [mustSucceed(probe, owner.tenant.slug, before, owner.canary), mustFail(probe, owner.tenant.slug, after)];
}

/** A login needs both halves: a role id alone, or with a secret id of nobody, is none. Tokens that are got all the same are ended. */
async function probeEndedSecretId({ vault, asRoot, logIn }: VaultScene): Promise<Look[]> {
  const probe = 'vault: a login with a false secret id';
  const role = await vault.ask(asRoot({ method: 'GET', path: 'auth/approle/role/alphapulse/role-id' }));
  const roleId = /"role_id":"([^"]+)"/.exec(role.body)?.[1];
  if (roleId === undefined) return [asProbe(probe, 'undecided', `no role id: status ${role.status}`)];
  const body = { role_id: roleId, secret_id: '00000000-0000-0000-0000-000000000000' };
  const looks: Look[] = [];
  for (const attempt of [body, { role_id: roleId }, { ...body, secret_id: '' }]) {
    const answer = await vault.ask({ method: 'POST', path: 'auth/approle/login', body: attempt });
    looks.push(mustFail(probe, 'a login', answer));
    const accessor = /"auth":\{[^}]*"accessor":"([^"]+)"/.exec(answer.body)?.[1];
    if (accessor !== undefined) {
      await vault.ask(asRoot({ method: 'POST', path: 'auth/token/revoke-accessor', body: { accessor } }));
    }
  }
  const given = await logIn();
  return [...looks, asControl(probe, given.client_token === '' ? 'violation' : 'ok', 'a login with the right one')];
}
