/** Probes of the service's pool after a request of one tenant that ended in an unusual way: the next ones are answered as ever. */
import { randomUUID } from 'node:crypto';
import type { Look } from '../look.ts';
import { type ServiceAnswer, type ServiceCall, askService, ownReads } from './ask-service.ts';
import { cancelWaiting, withHeldRequests } from './held-keys.ts';
import { lookAtNextAnswers, lookAtUndisturbed } from './next-answers.ts';
import type { Player, PoolScene } from './pool-scene.ts';

/** Enough to lie on several connections, few enough to leave the load its own. */
const REQUESTS_HELD = 2;

/** Has requests of the player end in its way. Whether it came about is the answer: without it nothing was probed. */
type Disturbance = (scene: PoolScene, player: Player) => Promise<boolean>;

const disturbances: Record<string, Disturbance> = {
  'a request that succeeded': async (scene, player) => {
    const answers = await onEveryConnection(scene, player, ownReads(player)[0] ?? { path: '' });
    return answers.every(({ status }) => status === 200);
  },
  'a request that found nothing': async (scene, player) => {
    const answers = await onEveryConnection(scene, player, { path: `/api/v1/trades/${randomUUID()}` });
    return answers.every(({ status }) => status === 404);
  },
  'a statement that failed': async (scene, player) => {
    const order = { portfolioId: randomUUID(), instrumentId: 1, side: 'buy', type: 'market', quantity: '1' };
    const call = { path: '/api/v1/orders', method: 'POST' as const, body: order };
    const answers = await Promise.all(
      Array.from({ length: REQUESTS_HELD }, () =>
        askService(scene, player, { ...call, headers: { 'idempotency-key': `probe-${randomUUID()}` } }),
      ),
    );
    return answers.every(({ status }) => status === 404);
  },
  'a cancelled statement': (scene, player) =>
    withHeldRequests(scene, { player, requests: REQUESTS_HELD }, async ({ pids }) => {
      await cancelWaiting(scene);
      return pids.length > 0;
    }),
  'a caller who hung up': async (scene, player) => {
    const hangUp = new AbortController();
    return await withHeldRequests(
      scene,
      { player, requests: REQUESTS_HELD, signal: hangUp.signal },
      async ({ pids, answers }) => {
        hangUp.abort();
        const given = await answers;
        return pids.length > 0 && given.every(({ status }) => status === 0);
      },
    );
  },
  'a connection that was lost': (scene, player) =>
    withHeldRequests(scene, { player, requests: REQUESTS_HELD }, async ({ pids, answers }) => {
      for (const pid of pids) await scene.admin.query('select pg_terminate_backend($1)', [pid]);
      await answers;
      return pids.length > 0;
    }),
};

export async function lookAfterDisturbances(scene: PoolScene): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [index, [name, disturb]] of Object.entries(disturbances).entries()) {
    const probe = `pool: context after ${name}`;
    const player = scene.players[index % scene.players.length] ?? scene.players[0];
    const others = scene.players.filter((one) => one !== player);
    const before = await lookAtUndisturbed(scene, probe, others);
    const cameAbout = await disturb(scene, player);
    const after = await lookAtNextAnswers(scene, probe, others);
    looks.push(...before, ...(cameAbout ? after : after.map(withoutMeaning)));
  }
  return looks;
}

/** A leak is a leak, but that all went well after nothing had happened says nothing. */
function withoutMeaning(look: Look): Look {
  return look.outcome === 'ok' ? { ...look, outcome: 'undecided', detail: 'the disturbance did not come about' } : look;
}

function onEveryConnection(scene: PoolScene, player: Player, call: ServiceCall): Promise<ServiceAnswer[]> {
  return Promise.all(Array.from({ length: scene.connections }, () => askService(scene, player, call)));
}
