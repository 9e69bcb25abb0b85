/** Whether Vault holds the policies and roles that the service's files declare, and no others for the tenants that are probed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Look, asComparison, asControl } from '../look.ts';
import { serviceRole, tenantTokenRole, type VaultScene } from './vault-scene.ts';

const policySchema = z.object({ data: z.object({ policy: z.string() }) });
const roleSchema = z.object({ data: z.record(z.string(), z.unknown()) });

/** Of the AppRole: what reference-service/provisioning/service-login.ts sets it to; a time may be shorter, not longer. */
const longestSeconds = { token_ttl: 3_600, token_max_ttl: 86_400 };

export async function probeDeclaredRights(scene: VaultScene, root: string): Promise<Look[]> {
  const declared = (name: string): Promise<string> => readFile(join(root, 'reference-service', 'vault', name), 'utf8');
  const template = await declared('tenant.hcl');
  const looks = [await comparePolicy(scene, "the service's", serviceRole, await declared('service.hcl'))];
  for (const { owner } of scene.pairs) {
    const wanted = template.replaceAll('{{tenant_id}}', owner.tenant.id);
    looks.push(await comparePolicy(scene, "a tenant's", `tenant-${owner.tenant.id}`, wanted));
  }
  const role: unknown = JSON.parse(await declared('tenant-token-role.json'));
  looks.push(await compareTokenRole(scene, z.record(z.string(), z.unknown()).parse(role)), await lookAtAppRole(scene));
  return looks.flat();
}

/** The control of a comparison is that there is something to compare with. */
function compared(probe: string, found: boolean, differences: readonly string[]): Look[] {
  const outcome = differences.length === 0 ? 'ok' : 'violation';
  return [
    asComparison(probe, found ? outcome : 'undecided', differences.join(', ')),
    asControl(probe, found ? 'ok' : 'undecided', 'it could not be read'),
  ];
}

async function comparePolicy(
  { vault, asRoot }: VaultScene,
  whose: string,
  name: string,
  wanted: string,
): Promise<Look[]> {
  const answer = await vault.ask(asRoot({ method: 'GET', path: `sys/policies/acl/${name}` }));
  const found = answer.status === 200 ? policySchema.parse(JSON.parse(answer.body)).data.policy : null;
  const differs = found !== null && found.trim() !== wanted.trim();
  return compared(
    `vault: ${whose} policy, against its declaration`,
    found !== null,
    differs ? [`${name} differs`] : [],
  );
}

async function compareTokenRole(scene: VaultScene, wanted: Record<string, unknown>): Promise<Look[]> {
  const probe = "vault: the role of tenants' tokens, against its declaration";
  const found = await readRole(scene, `auth/token/roles/${tenantTokenRole}`);
  if (found === null) return compared(probe, false, []);
  const differences = Object.entries(wanted)
    .filter(([name, value]) => canonical(found[name]) !== canonical(value))
    .map(([name]) => `${name}: ${JSON.stringify(found[name])}`);
  const policies = z.array(z.string()).nullish().parse(found['allowed_policies']) ?? [];
  return compared(probe, true, [...differences, ...policies.map((name) => `allows the policy ${name}`)]);
}

/** The order of a list says nothing; a duration is declared as a text and read back in seconds. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(canonical).sort());
  return JSON.stringify(value === '1h' ? 3_600 : value);
}

async function lookAtAppRole(scene: VaultScene): Promise<Look[]> {
  const probe = "vault: the service's AppRole, against its declaration";
  const found = await readRole(scene, `auth/approle/role/${serviceRole}`);
  if (found === null) return compared(probe, false, []);
  const tooLong = Object.entries(longestSeconds).filter(([name, most]) => {
    const value = Number(found[name]);
    return !(value > 0 && value <= most);
  });
  const others: [name: string, wrong: boolean][] = [
    ['token_policies', JSON.stringify(found['token_policies']) !== JSON.stringify([serviceRole])],
    ['bind_secret_id', found['bind_secret_id'] !== true],
    ['token_no_default_policy', found['token_no_default_policy'] !== true],
  ];
  const wrong = [...tooLong.map(([name]) => name), ...others.flatMap(([name, bad]) => (bad ? [name] : []))];
  return compared(
    probe,
    true,
    wrong.map((name) => `${name}: ${JSON.stringify(found[name])}`),
  );
}

async function readRole({ vault, asRoot }: VaultScene, path: string): Promise<Record<string, unknown> | null> {
  const answer = await vault.ask(asRoot({ method: 'GET', path }));
  return answer.status === 200 ? roleSchema.parse(JSON.parse(answer.body)).data : null;
}
