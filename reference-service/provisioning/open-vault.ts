/** Brings Vault to the point where it answers the operator: initialised, unsealed, active. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { ConfigurationError } from '../configuration/read-configuration.ts';
import { awaitAnswer } from './await-answer.ts';
import type { ProvisioningContext } from './provisioning-context.ts';
import { secretNames } from './secret-names.ts';
import { createVaultOperator, vaultName, type VaultOperator } from './vault-operator.ts';

const lookEveryMs = 20;
const activeTimeoutMs = 60_000;
/** Every state is answered with 200 and told in the body (Vault API, /sys/health). */
const healthPath = 'sys/health?standbyok=true&sealedcode=200&uninitcode=200';

const healthSchema = z.object({ initialized: z.boolean(), sealed: z.boolean(), standby: z.boolean() });
const initialisationSchema = z.object({ keys_base64: z.tuple([z.string()]), root_token: z.string() });

export interface VaultOpening {
  initialised: boolean;
  unsealed: boolean;
}

/** One share of the key: whoever runs this program would hold all of them. */
export async function openVault(context: ProvisioningContext): Promise<VaultOpening> {
  const vault = createVaultOperator(context);
  const { initialized } = await awaitAnswer(context.waitMs, () => readHealth(vault));
  if (!initialized) await initialise(context, vault);
  const { sealed } = await readHealth(vault);
  if (sealed) await vault.ask('POST', 'sys/unseal', { key: unsealKey(context) });
  await awaitActive(vault);
  return { initialised: !initialized, unsealed: sealed };
}

const readHealth = async (vault: VaultOperator) => healthSchema.parse(await vault.ask('GET', healthPath));

async function initialise({ tree }: ProvisioningContext, vault: VaultOperator): Promise<void> {
  // Vault tells its key once and never again: there must be a place to keep it before it is asked.
  tree.requireWritable('admin');
  const answer = await vault.ask('POST', 'sys/init', { secret_shares: 1, secret_threshold: 1 });
  const { keys_base64: keys, root_token: rootToken } = initialisationSchema.parse(answer);
  tree.write(secretNames.vaultUnsealKey, keys[0]);
  tree.write(secretNames.vaultRootToken, rootToken);
}

function unsealKey(context: ProvisioningContext): string {
  const key = context.tree.read(secretNames.vaultUnsealKey);
  if (key !== null && key !== '') return key;
  const file = context.tree.path(secretNames.vaultUnsealKey);
  const problem = `${vaultName(context)} is sealed and was initialised with a key that is not in ${file}`;
  throw new ConfigurationError([`${problem}: put the key there, or start Vault with no data`]);
}

/** An unsealed node leads only after an election, and refuses requests until then. */
async function awaitActive(vault: VaultOperator): Promise<void> {
  const deadlineMs = performance.now() + activeTimeoutMs;
  for (;;) {
    const health = await readHealth(vault);
    if (!health.sealed && !health.standby) return;
    if (performance.now() > deadlineMs) {
      throw new Error(`not active after ${activeTimeoutMs / 1000} s; its last answer: ${JSON.stringify(health)}`);
    }
    await pause(lookEveryMs);
  }
}
