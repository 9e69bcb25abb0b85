/** Requests for what is another tenant's: each verb on each kind of path, to be sent with the token of a stranger. */
import { base64, type VaultActor } from './vault-scene.ts';
import type { VaultRequest } from './vault-request.ts';

export interface ForeignRequest {
  /** Names the probe. */
  what: string;
  request: (owner: VaultActor) => Omit<VaultRequest, 'token'>;
  /** Who shows that the request is sound: its owner, or the operator where tenants may not do it to themselves. */
  control: 'owner' | 'operator';
}

const newData = { data: { canary: 'planted' } };
const versions = { versions: [1] };
const mergePatch = { 'content-type': 'application/merge-patch+json' };

/** Deleting comes last, and only of what was made for it. */
const secrets: ForeignRequest[] = [
  { what: 'read a secret', control: 'owner', request: ({ secret }) => ({ method: 'GET', path: `kv/data/${secret}` }) },
  {
    what: 'read a version of a secret',
    control: 'owner',
    request: ({ secret }) => ({ method: 'GET', path: `kv/data/${secret}?version=1` }),
  },
  {
    what: 'read a secret wrapped',
    control: 'owner',
    request: ({ secret }) => ({ method: 'GET', path: `kv/data/${secret}`, headers: { 'x-vault-wrap-ttl': '30s' } }),
  },
  {
    what: 'read the names in a secret',
    control: 'operator',
    request: ({ secret }) => ({ method: 'GET', path: `kv/subkeys/${secret}` }),
  },
  {
    what: 'read the metadata of a secret',
    control: 'operator',
    request: ({ secret }) => ({ method: 'GET', path: `kv/metadata/${secret}` }),
  },
  {
    what: 'list the secrets of a tenant',
    control: 'operator',
    request: ({ tenant }) => ({ method: 'LIST', path: `kv/metadata/tenants/${tenant.id}/` }),
  },
  {
    what: 'list the secrets of a tenant by GET',
    control: 'operator',
    request: ({ tenant }) => ({ method: 'GET', path: `kv/metadata/tenants/${tenant.id}/?list=true` }),
  },
  { what: 'list the tenants', control: 'operator', request: () => ({ method: 'LIST', path: 'kv/metadata/tenants/' }) },
  { what: 'list the mount', control: 'operator', request: () => ({ method: 'LIST', path: 'kv/metadata/' }) },
  {
    what: 'write a secret anew',
    control: 'owner',
    request: ({ spare }) => ({ method: 'POST', path: `kv/data/${spare}`, body: newData }),
  },
  {
    what: 'create a secret',
    control: 'owner',
    request: ({ secret }) => ({ method: 'PUT', path: `kv/data/${secret}-new`, body: newData }),
  },
  {
    what: 'patch a secret',
    control: 'operator',
    request: ({ spare }) => ({ method: 'PATCH', path: `kv/data/${spare}`, body: newData, headers: mergePatch }),
  },
  {
    what: 'write the metadata of a secret',
    control: 'operator',
    request: ({ spare }) => ({ method: 'POST', path: `kv/metadata/${spare}`, body: { max_versions: 10 } }),
  },
  {
    what: 'delete a version of a secret',
    control: 'operator',
    request: ({ spare }) => ({ method: 'POST', path: `kv/delete/${spare}`, body: versions }),
  },
  {
    what: 'bring a version of a secret back',
    control: 'operator',
    request: ({ spare }) => ({ method: 'POST', path: `kv/undelete/${spare}`, body: versions }),
  },
  {
    what: 'destroy a version of a secret',
    control: 'operator',
    request: ({ spare }) => ({ method: 'PUT', path: `kv/destroy/${spare}`, body: versions }),
  },
  {
    what: 'delete a secret',
    control: 'operator',
    request: ({ spare }) => ({ method: 'DELETE', path: `kv/data/${spare}` }),
  },
  {
    what: 'delete a secret with its metadata',
    control: 'operator',
    request: ({ spare }) => ({ method: 'DELETE', path: `kv/metadata/${spare}` }),
  },
];

const plaintext = base64('probe');

const encryption: ForeignRequest[] = [
  {
    what: 'decrypt with a key',
    control: 'owner',
    request: ({ key, ciphertext, tenant }) => ({
      method: 'POST',
      path: `transit/decrypt/${key}`,
      body: { ciphertext, associated_data: base64(tenant.id) },
    }),
  },
  {
    what: 'decrypt a batch with a key',
    control: 'owner',
    request: ({ key, ciphertext, tenant }) => ({
      method: 'POST',
      path: `transit/decrypt/${key}`,
      body: { batch_input: [{ ciphertext, associated_data: base64(tenant.id) }] },
    }),
  },
  {
    what: 'encrypt with a key',
    control: 'owner',
    request: ({ key }) => ({ method: 'POST', path: `transit/encrypt/${key}`, body: { plaintext } }),
  },
  {
    what: 'encrypt a batch with a key',
    control: 'owner',
    request: ({ key }) => ({ method: 'POST', path: `transit/encrypt/${key}`, body: { batch_input: [{ plaintext }] } }),
  },
  {
    what: 'make a data key',
    control: 'operator',
    request: ({ key }) => ({ method: 'POST', path: `transit/datakey/plaintext/${key}`, body: {} }),
  },
  {
    what: 'compute an HMAC with a key',
    control: 'operator',
    request: ({ key }) => ({ method: 'POST', path: `transit/hmac/${key}`, body: { input: plaintext } }),
  },
  { what: 'read a key', control: 'operator', request: ({ key }) => ({ method: 'GET', path: `transit/keys/${key}` }) },
  { what: 'list the keys', control: 'operator', request: () => ({ method: 'LIST', path: 'transit/keys' }) },
];

const tokens: ForeignRequest[] = [
  {
    what: 'look a token up by its accessor',
    control: 'operator',
    request: ({ accessor }) => ({ method: 'POST', path: 'auth/token/lookup-accessor', body: { accessor } }),
  },
  {
    what: 'list the accessors of tokens',
    control: 'operator',
    request: () => ({ method: 'LIST', path: 'auth/token/accessors' }),
  },
  {
    what: 'look a token up',
    control: 'operator',
    request: ({ token }) => ({ method: 'POST', path: 'auth/token/lookup', body: { token } }),
  },
  {
    what: "read a tenant's policy",
    control: 'operator',
    request: ({ tenant }) => ({ method: 'GET', path: `sys/policies/acl/tenant-${tenant.id}` }),
  },
  { what: 'list the policies', control: 'operator', request: () => ({ method: 'LIST', path: 'sys/policies/acl' }) },
  {
    what: "read the service's signing key",
    control: 'operator',
    request: () => ({ method: 'GET', path: 'kv/data/service/jwt' }),
  },
  { what: 'list the mounts', control: 'operator', request: () => ({ method: 'GET', path: 'sys/mounts' }) },
  {
    what: "read the service's role",
    control: 'operator',
    request: () => ({ method: 'GET', path: 'auth/approle/role/alphapulse' }),
  },
];

export const foreignRequests: readonly ForeignRequest[] = [...secrets, ...encryption, ...tokens];
