/** A login of the service in Vault, tokens of a few tenants as it makes them, and a secret and a ciphertext for each. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ManifestTenant } from '../../../model/manifest.ts';
import type { ProbeScene } from '../probe-scene.ts';
import { tenantPairs } from '../tenant-pairs.ts';
import { type VaultConnection, type VaultRequest, connectVault } from './vault-request.ts';

/** Of the AppRole, its policy, and the role of tenants' tokens (reference-service/vault). */
export const serviceRole = 'alphapulse';
export const tenantTokenRole = 'tenant';

export const authSchema = z.object({
  auth: z.object({
    client_token: z.string(),
    accessor: z.string(),
    policies: z.array(z.string()),
    lease_duration: z.number(),
    renewable: z.boolean(),
    orphan: z.boolean(),
    token_type: z.string(),
  }),
});
export type TokenGiven = z.infer<typeof authSchema>['auth'];

export interface VaultActor {
  tenant: ManifestTenant;
  token: string;
  accessor: string;
  /** Below the mount of secrets: kv/data/<secret>. */
  secret: string;
  /** The same for what probes try to delete. */
  spare: string;
  /** In the secret, and nowhere else. */
  canary: string;
  /** Name of the encryption key. */
  key: string;
  /** Of the canary, with the tenant's id as associated data. */
  ciphertext: string;
}

export interface VaultScene {
  vault: VaultConnection;
  rootToken: string;
  serviceToken: string;
  pairs: { owner: VaultActor; stranger: VaultActor }[];
  asRoot: (request: VaultRequest) => VaultRequest;
  /** A service token of its own. */
  logIn: () => Promise<TokenGiven>;
  /** As the service does it; `changes` to the body that it sends. */
  createTenantToken: (serviceToken: string, tenantId: string, changes?: Record<string, unknown>) => Promise<TokenGiven>;
  close(): Promise<void>;
}

const roleSchema = z.object({ data: z.object({ bind_secret_id: z.boolean() }) });
const roleIdSchema = z.object({ data: z.object({ role_id: z.string() }) });
const secretIdSchema = z.object({ data: z.object({ secret_id: z.string(), secret_id_accessor: z.string() }) });
const encryptedSchema = z.object({ data: z.object({ ciphertext: z.string() }) });

export const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Rejects when Vault cannot be asked; nothing is left behind then either. */
export async function openVaultScene({ system, manifest, signal }: ProbeScene): Promise<VaultScene> {
  const vault = connectVault(system.vault.address, signal);
  const { rootToken } = system.vault;
  const asRoot = (request: VaultRequest): VaultRequest => ({ ...request, token: rootToken });
  const undo: VaultRequest[] = [];
  const close = async (): Promise<void> => {
    vault.close();
    // Whoever aborts the probes wants their traces removed all the same.
    const cleaner = connectVault(system.vault.address, new AbortController().signal);
    try {
      for (const request of undo.toReversed()) await cleaner.ask(asRoot(request));
    } finally {
      cleaner.close();
    }
  };
  try {
    const logIn = await makeLogin(vault, asRoot, undo);
    const createTenantToken = tokenMaker(vault);
    const service = await logIn();
    const pairs = tenantPairs(manifest.tenants);
    const actors = new Map<string, VaultActor>();
    for (const { owner } of pairs) {
      const given = await createTenantToken(service.client_token, owner.id);
      actors.set(owner.id, await furnish(vault, owner, given, undo));
    }
    const actorOf = ({ id, slug }: ManifestTenant): VaultActor => {
      const actor = actors.get(id);
      if (actor === undefined) throw new Error(`${slug} plays no owner`);
      return actor;
    };
    return {
      ...{ vault, rootToken, serviceToken: service.client_token, asRoot, logIn, createTenantToken, close },
      pairs: pairs.map(({ owner, stranger }) => ({ owner: actorOf(owner), stranger: actorOf(stranger) })),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Logins with a secret id of their own; it ends with the scene, and so does every token that was got with it. */
async function makeLogin(
  vault: VaultConnection,
  asRoot: VaultScene['asRoot'],
  undo: VaultRequest[],
): Promise<VaultScene['logIn']> {
  const role = `auth/approle/role/${serviceRole}`;
  const { role_id } = roleIdSchema.parse(await vault.expect(asRoot({ method: 'GET', path: `${role}/role-id` }))).data;
  const secret = await makeSecretId(vault, asRoot, undo);
  return async () => {
    const body = { role_id, ...secret };
    const answer = await vault.expect({ method: 'POST', path: 'auth/approle/login', body });
    const { auth } = authSchema.parse(answer);
    undo.push({ method: 'POST', path: 'auth/token/revoke-accessor', body: { accessor: auth.accessor } });
    return auth;
  };
}

/** Nothing where the role is set to want none, and Vault refuses to make one: a defect that the probes must be able to see. */
async function makeSecretId(
  vault: VaultConnection,
  asRoot: VaultScene['asRoot'],
  undo: VaultRequest[],
): Promise<{ secret_id?: string }> {
  const role = `auth/approle/role/${serviceRole}`;
  const { data } = roleSchema.parse(await vault.expect(asRoot({ method: 'GET', path: role })));
  if (!data.bind_secret_id) return {};
  const made = await vault.expect(asRoot({ method: 'POST', path: `${role}/secret-id`, body: {} }));
  const { secret_id, secret_id_accessor } = secretIdSchema.parse(made).data;
  undo.push({ method: 'POST', path: `${role}/secret-id-accessor/destroy`, body: { secret_id_accessor } });
  return { secret_id };
}

function tokenMaker(vault: VaultConnection): VaultScene['createTenantToken'] {
  return async (token, tenantId, changes = {}) => {
    const body = { policies: [`tenant-${tenantId}`], no_default_policy: true, ttl: '1h', ...changes };
    const path = `auth/token/create/${tenantTokenRole}`;
    return authSchema.parse(await vault.expect({ method: 'POST', path, token, body })).auth;
  };
}

/** With the tenant's own token: what it may do is what its controls rest on. The key stays, as after any first encryption. */
async function furnish(
  vault: VaultConnection,
  tenant: ManifestTenant,
  given: TokenGiven,
  undo: VaultRequest[],
): Promise<VaultActor> {
  const token = given.client_token;
  const name = `signoff-probe-${randomBytes(6).toString('hex')}`;
  // Where the service keeps secrets of tenants: a tenant may have none elsewhere.
  const secret = `tenants/${tenant.id}/broker-credentials/${name}`;
  const canary = `canary-${randomBytes(12).toString('hex')}`;
  const places = [secret, `${secret}-spare`, `${secret}-new`];
  for (const place of places) undo.push({ method: 'DELETE', path: `kv/metadata/${place}` });
  for (const place of places.slice(0, 2)) {
    await vault.expect({ method: 'POST', path: `kv/data/${place}`, token, body: { data: { canary } } });
  }
  const key = `tenant-${tenant.id}`;
  const body = { plaintext: base64(canary), associated_data: base64(tenant.id) };
  const encrypted = await vault.expect({ method: 'POST', path: `transit/encrypt/${key}`, token, body });
  const { ciphertext } = encryptedSchema.parse(encrypted).data;
  return { tenant, token, accessor: given.accessor, secret, spare: `${secret}-spare`, canary, key, ciphertext };
}
