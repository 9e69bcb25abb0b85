/** The probes of Vault on an intact system, and with the defects that they are there to see. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import type { ProbeScene } from '../probe-scene.ts';
import { sceneOfTests } from '../testing/scene-of-tests.ts';
import { blemishes, probesOf, violated } from '../testing/summaries.ts';
import { type VaultConnection, connectVault } from './vault-request.ts';
import { vaultSuite } from './vault-suite.ts';

const system = inject('system');
const token = system.vault.rootToken;
let scene: ProbeScene;
let vault: VaultConnection;

beforeAll(() => {
  scene = sceneOfTests(system);
  vault = connectVault(system.vault.address, scene.signal);
});
afterAll(() => vault.close());

const file = (name: string): Promise<string> => readFile(join(scene.root, 'reference-service', 'vault', name), 'utf8');
const found = async (): Promise<string[]> => violated(await vaultSuite.run(scene));

/** Accessors of the logins that the service's AppRole has. */
async function secretIds(): Promise<string[]> {
  const answer = await vault.expect({ method: 'LIST', path: 'auth/approle/role/alphapulse/secret-id', token });
  return z
    .object({ data: z.object({ keys: z.array(z.string()) }) })
    .parse(answer)
    .data.keys.sort();
}

async function writePolicy(name: string, policy: string): Promise<void> {
  await vault.expect({ method: 'POST', path: `sys/policies/acl/${name}`, token, body: { policy } });
}

/** With rules added to the policy of every tenant; put back as declared, whatever happens. */
async function withTenantRules<T>(rules: string, action: () => Promise<T>): Promise<T> {
  const template = await file('tenant.hcl');
  const writeAll = async (added: string): Promise<void> => {
    for (const { id } of scene.manifest.tenants) {
      await writePolicy(`tenant-${id}`, `${template}${added}`.replaceAll('{{tenant_id}}', id));
    }
  };
  await writeAll(`\n${rules}\n`);
  try {
    return await action();
  } finally {
    await writeAll('');
  }
}

async function withServiceRules<T>(rules: string, action: () => Promise<T>): Promise<T> {
  const declared = await file('service.hcl');
  await writePolicy('alphapulse', `${declared}\n${rules}\n`);
  try {
    return await action();
  } finally {
    await writePolicy('alphapulse', declared);
  }
}

async function withTokenRole<T>(changes: Record<string, unknown>, action: () => Promise<T>): Promise<T> {
  const declared = JSON.parse(await file('tenant-token-role.json')) as Record<string, unknown>;
  const path = 'auth/token/roles/tenant';
  await vault.expect({ method: 'POST', path, token, body: { ...declared, ...changes } });
  try {
    return await action();
  } finally {
    await vault.expect({ method: 'POST', path, token, body: declared });
  }
}

describe('on an intact system', () => {
  it('finds nothing, five times, and leaves nothing behind', async () => {
    const before = await secretIds();
    for (let time = 0; time < 5; time += 1) {
      const counts = await vaultSuite.run(scene);
      expect(blemishes(counts)).toEqual([]);
      expect(probesOf(counts).length).toBeGreaterThan(150);
    }
    expect(await secretIds()).toEqual(before);
    const [tenant] = scene.manifest.tenants;
    const left = await vault.ask({ method: 'LIST', path: `kv/metadata/tenants/${tenant?.id}`, token });
    expect(left.body).not.toContain('signoff-probe');
  });
});

describe('the policy of tenants', () => {
  it.each([
    [
      'a wildcard for the tenant',
      'path "kv/data/tenants/*" { capabilities = ["read"] }',
      'vault: read a secret of another tenant',
    ],
    [
      'a star behind the tenant',
      'path "kv/data/tenants/{{tenant_id}}/*" { capabilities = ["create", "update"] }',
      "vault: another tenant's secret written by climbing by encoded dots",
    ],
    [
      'a segment',
      'path "kv/data/tenants/+/*" { capabilities = ["update"] }',
      'vault: write a secret anew of another tenant',
    ],
    ['a list', 'path "kv/metadata/tenants/*" { capabilities = ["list"] }', 'vault: list the tenants of another tenant'],
    [
      'every key',
      'path "transit/decrypt/*" { capabilities = ["update"] }',
      'vault: decrypt with a key of another tenant',
    ],
    [
      'deleting',
      'path "kv/destroy/*" { capabilities = ["update"] }',
      'vault: destroy a version of a secret of another tenant',
    ],
    [
      'administration of keys',
      'path "transit/keys/*" { capabilities = ["read", "update"] }',
      "vault: rights of a tenant's token on transit/keys/tenant-<tenant>/rotate",
    ],
    [
      'policies',
      'path "sys/policies/acl/*" { capabilities = ["read", "update"] }',
      "vault: rights of a tenant's token on sys/policies/acl/alphapulse",
    ],
  ])('%s', async (_what, rules, expected) => {
    const probes = await withTenantRules(rules, found);
    expect(probes).toContain(expected);
    expect(probes).toContain("vault: a tenant's policy, against its declaration");
  });
});

describe('the service', () => {
  it('that reads tenants itself', async () => {
    const probes = await withServiceRules('path "kv/data/tenants/*" { capabilities = ["read"] }', found);
    expect(probes).toContain("vault: the service's own token reads a secret of a tenant");
    expect(probes).toContain("vault: the service's policy, against its declaration");
  });
});

describe('the role of tenants’ tokens', () => {
  it.each([
    ['any policy', { allowed_policies_glob: ['*'] }, "vault: the service makes a token with the service's policy"],
    ['orphans', { orphan: true }, "vault: a tenant's token after the service's was revoked"],
    ['long life', { token_explicit_max_ttl: '720h' }, "vault: a tenant's token that asks for more than its role gives"],
    ['renewal', { renewable: true }, "vault: what a tenant's token carries"],
  ])('%s', async (_what, changes, expected) => {
    expect(await withTokenRole(changes, found)).toContain(expected);
  });
});

it('is whole again after all of that', async () => {
  expect(blemishes(await vaultSuite.run(scene))).toEqual([]);
});
