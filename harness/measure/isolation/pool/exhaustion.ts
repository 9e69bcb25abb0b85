/** Probes of a pool that has not a connection left, and of one that many tenants use at once. */
import { setTimeout as delay } from 'node:timers/promises';
import { maxOf } from '../../prometheus-text.ts';
import { scrapeService } from '../../service-scrapes.ts';
import { type Look, asControl, asProbe } from '../look.ts';
import { askService, describeServiceAnswer, judgeOwnAnswer, ownReads } from './ask-service.ts';
import { withHeldRequests } from './held-keys.ts';
import { lookAtNextAnswers, lookAtUndisturbed } from './next-answers.ts';
import type { PoolScene } from './pool-scene.ts';

const REQUESTS_EACH = 12;

/** All connections wait for one tenant; others queue behind them, and are served by whichever comes free. */
export async function lookAtExhaustion(scene: PoolScene): Promise<Look[]> {
  const probe = 'pool: requests that waited for a connection';
  const [holder, ...others] = scene.players;
  const before = await lookAtUndisturbed(scene, probe, others);
  const waitsBefore = await waitsOf(scene);
  const queued = await withHeldRequests(scene, { player: holder, requests: scene.connections }, async ({ pids }) => {
    // Not awaited here: they are answered once the holders are cancelled, which is when this one has ended.
    const answers = lookAtNextAnswers(scene, probe, others);
    const exhausted = pids.length >= scene.connections && (await someWait(scene, waitsBefore));
    return { answers, exhausted };
  });
  const answered = await queued.answers;
  const during = queued.exhausted ? answered : answered.map(withoutMeaning);
  const afterwards = 'pool: context after the pool was exhausted';
  return [
    ...before,
    ...during,
    ...(await lookAtNextAnswers(scene, afterwards, others)),
    ...(await lookAtUndisturbed(scene, afterwards, [holder])),
  ];
}

/** Requests that found no free connection, as the service counts them; null where it does not. */
async function waitsOf({ service }: PoolScene): Promise<number | null> {
  return maxOf(await scrapeService(service), 'database_pool_waits_total');
}

const LOOK_EVERY_MS = 10;
/** Shorter than the service's own patience with a lock, which is 5 s. */
const MOST_LOOKS = 200;

/** Whether a request came to wait since then; where the service does not count them, that it did is taken for granted. */
async function someWait(scene: PoolScene, before: number | null): Promise<boolean> {
  if (before === null) return true;
  for (let look = 1; look <= MOST_LOOKS; look += 1) {
    if (((await waitsOf(scene)) ?? 0) > before) return true;
    await delay(LOOK_EVERY_MS);
  }
  return false;
}

function withoutMeaning(look: Look): Look {
  return look.outcome === 'ok'
    ? { ...look, outcome: 'undecided', detail: 'the pool was never exhausted, or nobody waited for it' }
    : look;
}

/** Far more requests than connections, of several tenants in turn. */
export async function lookAtMixedTenants(scene: PoolScene): Promise<Look[]> {
  const probe = 'pool: many tenants at once over few connections';
  // Request by request another tenant's turn.
  const mixed = Array.from({ length: REQUESTS_EACH * scene.players.length }, (_, index) => {
    const player = scene.players[index % scene.players.length] ?? scene.players[0];
    const calls = ownReads(player);
    return { player, call: calls[Math.floor(index / scene.players.length) % calls.length] };
  });
  const looks = mixed.map(async ({ player, call }): Promise<Look> => {
    const answer = await askService(scene, player, call ?? { path: '' });
    return asProbe(probe, judgeOwnAnswer(answer, player), `${player.tenant.slug}: ${describeServiceAnswer(answer)}`);
  });
  const together = await Promise.all(looks);
  return [...together, ...(await oneByOne(scene, probe))];
}

async function oneByOne(scene: PoolScene, probe: string): Promise<Look[]> {
  const looks: Look[] = [];
  for (const player of scene.players) {
    for (const call of ownReads(player)) {
      const answer = await askService(scene, player, call);
      const detail = `${player.tenant.slug}, alone: ${describeServiceAnswer(answer)}`;
      looks.push(asControl(probe, judgeOwnAnswer(answer, player), detail));
    }
  }
  return looks;
}
