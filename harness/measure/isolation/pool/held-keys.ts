/** Makes chosen requests of the service wait inside their transaction, and nothing else: by keys that another transaction holds. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { freshRow, insertText } from '../sql/planted-row.ts';
import type { Row } from '../sql/sql-scene.ts';
import { type ServiceAnswer, askService } from './ask-service.ts';
import type { Player, PoolScene } from './pool-scene.ts';

export interface HeldRequests {
  /** Process ids of the service's connections that wait. */
  pids: number[];
  answers: Promise<ServiceAnswer[]>;
}

export interface HoldOptions {
  player: Player;
  requests: number;
  signal?: AbortSignal;
}

const LOOK_EVERY_MS = 5;
/** Longer than the service needs to begin a few transactions, even under load; shorter than its own patience of 5 s. */
const MOST_LOOKS = 400;

/**
 * The order that a request would place is placed already, under its idempotency key, by a transaction of ours that is never committed:
 * Postgres has the request wait for that transaction's end. The action must end the waiting (by cancelling, or by killing the session),
 * or the order would be placed; the rollback comes last.
 */
export async function withHeldRequests<T>(
  scene: PoolScene,
  options: HoldOptions,
  action: (held: HeldRequests) => Promise<T>,
): Promise<T> {
  const { admin } = scene;
  const { player, requests, signal } = options;
  const order = await readOrder(scene, player);
  const keys = Array.from({ length: requests }, () => `probe-${randomUUID()}`);
  await admin.query('begin');
  try {
    for (const key of keys)
      await admin.query(insertText('orders'), [{ ...freshRow(order, player.tenant.id), idempotency_key: key }]);
    const body = {
      portfolioId: order['portfolio_id'],
      instrumentId: order['instrument_id'],
      side: 'buy',
      type: 'market',
      quantity: '1',
    };
    const calls = keys.map((key) =>
      askService(scene, player, {
        path: '/api/v1/orders',
        method: 'POST',
        body,
        headers: { 'idempotency-key': key },
        ...(signal === undefined ? {} : { signal }),
      }),
    );
    const answers = Promise.all(calls);
    try {
      return await action({ pids: await awaitWaiting(scene, requests), answers });
    } finally {
      // Whatever the action did, none of them may go on.
      await cancelWaiting(scene);
      await answers;
    }
  } finally {
    await admin.query('rollback');
  }
}

async function readOrder({ admin }: PoolScene, { tenant }: Player): Promise<Row> {
  const { rows } = await admin.query<{ row: Row }>(
    'select to_jsonb(o) as row from orders o where tenant_id = $1 limit 1',
    [tenant.id],
  );
  const row = rows[0]?.row;
  if (row === undefined) throw new Error(`${tenant.slug} has no order`);
  return row;
}

const waiting = `select pid from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))`;

/** Fewer than were asked for, where that many did not come in time. */
async function awaitWaiting({ admin }: PoolScene, requests: number): Promise<number[]> {
  for (let look = 1; ; look += 1) {
    // In a transaction the view is read once and kept.
    await admin.query('select pg_stat_clear_snapshot()');
    const { rows } = await admin.query<{ pid: number }>(waiting);
    if (rows.length >= requests || look >= MOST_LOOKS) return rows.map(({ pid }) => pid);
    await delay(LOOK_EVERY_MS);
  }
}

/** Until none is left: a request that was queued for a connection begins to wait only when another one is gone. */
export async function cancelWaiting({ admin }: PoolScene): Promise<void> {
  for (let look = 1; look <= MOST_LOOKS; look += 1) {
    await admin.query('select pg_stat_clear_snapshot()');
    const { rows } = await admin.query(`select pg_cancel_backend(pid) from (${waiting}) w`);
    if (rows.length === 0) return;
    await delay(LOOK_EVERY_MS);
  }
}
