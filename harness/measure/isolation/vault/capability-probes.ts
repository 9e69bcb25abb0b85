/** Rights on paths too dangerous to ask for in a test: Vault itself says which ones a token has (sys/capabilities). */
import { z } from 'zod';
import { type Look, asControl, asProbe } from '../look.ts';
import { tenantTokenRole, type VaultActor, type VaultScene } from './vault-scene.ts';

interface GuardedPath {
  /** Names the probe: the path with `B` for the other tenant. */
  what: string;
  path: (owner: VaultActor) => string;
}

const guard = (what: string): GuardedPath => ({
  what,
  path: ({ tenant }) => what.replace('<tenant>', tenant.id),
});

const ofTenant = [
  ...['kv/data/tenants/<tenant>/broker-credentials/x', 'kv/metadata/tenants/<tenant>', 'kv/data/tenants/<tenant>'],
  ...[
    'transit/keys/tenant-<tenant>/rotate',
    'transit/keys/tenant-<tenant>/config',
    'transit/keys/tenant-<tenant>/trim',
  ],
  ...[
    'transit/export/encryption-key/tenant-<tenant>',
    'transit/backup/tenant-<tenant>',
    'transit/rewrap/tenant-<tenant>',
  ],
  ...['transit/sign/tenant-<tenant>', 'transit/verify/tenant-<tenant>', 'transit/keys/tenant-<tenant>'],
  ...[
    'transit/restore/tenant-<tenant>',
    'transit/keys/tenant-<tenant>/import',
    'transit/datakey/wrapped/tenant-<tenant>',
  ],
  'sys/policies/acl/tenant-<tenant>',
].map(guard);

const ofOperator = [
  ...['kv/data/service/jwt', 'kv/config', 'kv/data/x', 'transit/keys/x', 'transit/random/32', 'transit/config/keys'],
  ...['auth/token/create', 'auth/token/create-orphan', 'auth/token/roles/tenant', 'auth/token/revoke-orphan'],
  ...['auth/token/revoke-accessor', 'auth/token/tidy', 'auth/approle/role/alphapulse/secret-id', 'auth/approle/role/x'],
  ...['sys/policies/acl/alphapulse', 'sys/policies/acl/default', 'sys/policy/alphapulse', 'sys/auth/x', 'sys/mounts/x'],
  ...['sys/seal', 'sys/step-down', 'sys/audit', 'sys/audit/x', 'sys/rotate', 'sys/leases/lookup/auth/token/create'],
  ...['sys/raw/x', 'sys/storage/raft/snapshot', 'sys/config/auditing/request-headers/x', 'sys/plugins/catalog/x'],
  ...['identity/entity', 'identity/oidc/key/x', 'sys/generate-root/attempt', 'sys/remount', 'sys/capabilities'],
].map(guard);

/** Of the default policy, which neither token has: with it, a token could live on, look around and leave things. */
const ofDefaultPolicy = [
  ...['auth/token/lookup-self', 'auth/token/revoke-self', 'cubbyhole/x', 'sys/capabilities-self'],
  ...[
    'sys/wrapping/wrap',
    'sys/wrapping/unwrap',
    'sys/leases/renew',
    'sys/tools/hash',
    'identity/oidc/provider/x/authorize',
  ],
].map(guard);

const answerSchema = z.object({ data: z.record(z.string(), z.unknown()) });

export async function probeCapabilities(scene: VaultScene): Promise<Look[]> {
  const looks: Look[] = [];
  const tokenMaking = [guard(`auth/token/create/${tenantTokenRole}`), guard('auth/token/renew-self')];
  for (const { owner, stranger } of scene.pairs) {
    const ofTenants = [...ofTenant, ...ofOperator, ...ofDefaultPolicy, ...tokenMaking];
    looks.push(
      ...(await probeToken(scene, { who: "a tenant's token", token: stranger.token, owner, paths: ofTenants })),
    );
    const ofService = [
      ...ofTenant,
      ...ofOperator.filter(({ what }) => what !== 'kv/data/service/jwt'),
      ...ofDefaultPolicy,
    ];
    looks.push(
      ...(await probeToken(scene, { who: "the service's token", token: scene.serviceToken, owner, paths: ofService })),
    );
  }
  return looks;
}

interface TokenPaths {
  who: string;
  token: string;
  owner: VaultActor;
  paths: readonly GuardedPath[];
}

/** One question for all paths of a token. The control asks the same of the operator's, which has every right. */
async function probeToken(scene: VaultScene, { who, token, owner, paths }: TokenPaths): Promise<Look[]> {
  const asked = paths.map(({ path }) => path(owner));
  const [held, rootHeld] = await Promise.all([
    readRights(scene, token, asked),
    readRights(scene, scene.rootToken, asked),
  ]);
  return paths.flatMap(({ what }, index): Look[] => {
    const probe = `vault: rights of ${who} on ${what}`;
    const place = asked[index] ?? '';
    const rights = held.get(place);
    const good = rights === 'deny';
    const seen = rights === undefined ? 'undecided' : good ? 'ok' : 'violation';
    const control = rootHeld.get(place) === 'root' ? 'ok' : 'undecided';
    return [
      asProbe(probe, seen, `at ${owner.tenant.slug}: ${rights ?? 'no answer'}`),
      asControl(probe, control, `the operator's rights: ${rootHeld.get(place) ?? 'no answer'}`),
    ];
  });
}

async function readRights(
  { vault, asRoot }: VaultScene,
  token: string,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const answer = await vault.ask(asRoot({ method: 'POST', path: 'sys/capabilities', body: { token, paths } }));
  if (answer.status !== 200) return new Map();
  const { data } = answerSchema.parse(JSON.parse(answer.body));
  return new Map(paths.map((path) => [path, z.array(z.string()).parse(data[path]).join(', ')]));
}
