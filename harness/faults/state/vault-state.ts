/** Who may do what in Vault, as text: its policies, the roles that give out tokens, what is mounted, and what is audited. */
import { z } from 'zod';
import type { System } from '../../model/system.ts';
import { askVault } from '../ask-vault.ts';

const keysSchema = z.object({ data: z.object({ keys: z.array(z.string()) }) });
const policySchema = z.object({ data: z.object({ policy: z.string() }) });
const roleSchema = z.object({ data: z.record(z.string(), z.unknown()) });
const mountsSchema = z.object({ data: z.record(z.string(), z.object({ type: z.string(), options: z.unknown() })) });

/** Requests under way at once: a large run has a policy for each of thousands of tenants. */
const AT_ONCE = 16;

export async function vaultState(system: System): Promise<string> {
  const [policies, tokenRoles, appRoles, mounts, auths, audits] = await Promise.all([
    readPolicies(system),
    readRoles(system, 'auth/token/roles'),
    readRoles(system, 'auth/approle/role'),
    readMounts(system, 'sys/mounts'),
    readMounts(system, 'sys/auth'),
    readMounts(system, 'sys/audit'),
  ]);
  return [...policies, ...tokenRoles, ...appRoles, ...mounts, ...auths, ...audits].join('\n');
}

async function listKeys(system: System, path: string): Promise<string[]> {
  const answer = await askVault(system, { method: 'LIST', path });
  return answer === null ? [] : keysSchema.parse(answer).data.keys.sort();
}

async function readPolicies(system: System): Promise<string[]> {
  const names = await listKeys(system, 'sys/policies/acl');
  // The root policy has no text and cannot be changed.
  const waiting = names.filter((name) => name !== 'root').entries();
  const texts: string[] = [];
  const work = async (): Promise<void> => {
    for (const [index, name] of waiting) {
      const answer = await askVault(system, { method: 'GET', path: `sys/policies/acl/${name}` });
      texts[index] = `policy ${name}\n${answer === null ? '(gone)' : policySchema.parse(answer).data.policy}`;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return texts;
}

async function readRoles(system: System, path: string): Promise<string[]> {
  const names = await listKeys(system, path);
  return Promise.all(
    names.map(async (name) => {
      const answer = await askVault(system, { method: 'GET', path: `${path}/${name}` });
      const settings = answer === null ? {} : roleSchema.parse(answer).data;
      return `${path}/${name}\n${sortedLines(settings)}`;
    }),
  );
}

/** Types and options only: counters and identifiers beside them change by themselves. */
async function readMounts(system: System, path: string): Promise<string[]> {
  const { data } = mountsSchema.parse(await askVault(system, { method: 'GET', path }));
  return [`${path}\n${sortedLines(data)}`];
}

function sortedLines(settings: Record<string, unknown>): string {
  return Object.keys(settings)
    .sort()
    .map((name) => `  ${name} ${JSON.stringify(settings[name])}`)
    .join('\n');
}
