/** Has a transaction visit tables row by row, so that conditions meet rows which no index would lead to. */
import type pg from 'pg';

/** Whoever may send SQL may also choose the plan: by index the rows of others would not even be visited. */
const ways = ['enable_indexscan', 'enable_indexonlyscan', 'enable_bitmapscan'];

/** Of what it says on every row it visits: enough on tables of a test, an end on tables of a load. */
const STATEMENT_TIMEOUT = '2s';

export async function visitRowByRow(client: pg.ClientBase): Promise<void> {
  for (const way of ways) await client.query("select set_config($1, 'off', true)", [way]);
  await client.query("select set_config('statement_timeout', $1, true)", [STATEMENT_TIMEOUT]);
}
