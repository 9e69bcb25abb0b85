/** What the next requests over the pool's connections are answered: each its own tenant's rows, whatever was before. */
import { type Look, asControl, asProbe } from '../look.ts';
import { askService, describeServiceAnswer, judgeOwnAnswer, ownReads } from './ask-service.ts';
import type { Player, PoolScene } from './pool-scene.ts';

/** Every read of each, and at least as many at once as there are connections: so the ones that were disturbed are among those that serve. */
export async function lookAtNextAnswers(scene: PoolScene, probe: string, players: readonly Player[]): Promise<Look[]> {
  return await readAll(scene, players, (player, outcome, seen) =>
    asProbe(probe, outcome, `${player.tenant.slug}: ${seen}`),
  );
}

/** The same before anything was disturbed. */
export async function lookAtUndisturbed(scene: PoolScene, probe: string, players: readonly Player[]): Promise<Look[]> {
  return await readAll(scene, players, (player, outcome, seen) =>
    asControl(probe, outcome, `${player.tenant.slug}: ${seen}`),
  );
}

type ToLook = (player: Player, outcome: Look['outcome'], seen: string) => Look;

async function readAll(scene: PoolScene, players: readonly Player[], toLook: ToLook): Promise<Look[]> {
  const every = players.reduce((sum, player) => sum + ownReads(player).length, 0);
  const reads = Array.from({ length: Math.max(scene.connections, every) }, async (_, index) => {
    const player = players[index % players.length];
    if (player === undefined) return [];
    const calls = ownReads(player);
    const call = calls[Math.floor(index / players.length) % calls.length];
    if (call === undefined) return [];
    const answer = await askService(scene, player, call);
    return [toLook(player, judgeOwnAnswer(answer, player), `${call.path} ${describeServiceAnswer(answer)}`)];
  });
  return (await Promise.all(reads)).flat();
}
