/** Probes of isolation in Vault: what a tenant's token opens, what the service may make, and when both end. */
import { type Look, countLooks } from '../look.ts';
import type { ProbeScene, ProbeSuite } from '../probe-scene.ts';
import { probeCapabilities } from './capability-probes.ts';
import { probeCrossedKeys } from './crossed-keys.ts';
import { probeDeclaredRights } from './declared-rights.ts';
import { probeEndedTokens } from './ended-tokens.ts';
import { probePaths } from './path-probes.ts';
import { probeForeignRequests } from './request-probes.ts';
import { probeServiceRequests } from './service-requests.ts';
import { lookAtServiceToken, probeTokens } from './token-probes.ts';
import { openVaultScene } from './vault-scene.ts';

export const vaultSuite: ProbeSuite = {
  layer: 'vault',
  run: async (scene) => countLooks('vault', await probeVault(scene)),
};

async function probeVault(given: ProbeScene): Promise<Look[]> {
  const scene = await openVaultScene(given);
  try {
    const [ended, inTurn] = await Promise.allSettled([
      probeEndedTokens(scene, given.signal),
      (async () => [
        ...(await probeCrossedKeys(scene)),
        ...(await probePaths(scene)),
        ...(await probeTokens(scene)),
        ...lookAtServiceToken(await scene.logIn()),
        ...(await probeServiceRequests(scene)),
        ...(await probeCapabilities(scene)),
        ...(await probeDeclaredRights(scene, given.root)),
        // Last: where a stranger may write and delete, what it finds here is gone afterwards.
        ...(await probeForeignRequests(scene)),
      ])(),
    ]);
    if (ended.status === 'rejected') throw ended.reason;
    if (inTurn.status === 'rejected') throw inTurn.reason;
    return [...ended.value, ...inTurn.value];
  } finally {
    await scene.close();
  }
}
