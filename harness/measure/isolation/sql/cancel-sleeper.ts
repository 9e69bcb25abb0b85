/** Has a session wait, and cancels its statement from outside. */
import type pg from 'pg';
import { SUCCESS, ask } from './answer.ts';

/** Far longer than the cancellation takes; the statement never ends by itself. */
const SLEEP_SECONDS = 4;
/** Looks at the waiting session before it counts as one that never waited. */
const MOST_LOOKS = 1_000;

/** Rejects where the statement was not cancelled. */
export async function cancelSleeper(client: pg.Client, admin: pg.Client, pid: number): Promise<void> {
  const sleeping = ask(client, `select pg_sleep(${SLEEP_SECONDS})`);
  await awaitSleep(admin, pid);
  await admin.query('select pg_cancel_backend($1)', [pid]);
  const { state } = await sleeping;
  if (state === SUCCESS) throw new Error('a statement that was cancelled went on');
}

async function awaitSleep(admin: pg.Client, pid: number): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const { rowCount } = await admin.query("select from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'", [
      pid,
    ]);
    if (rowCount === 1) return;
  }
  throw new Error('a session that was told to wait does not');
}
