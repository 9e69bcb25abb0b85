/** Probes that load rows with COPY … FROM: it knows no policy, so Postgres must refuse it on every protected table. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Look, asControl, asProbe } from '../look.ts';
import { type Answer, SUCCESS, describeAnswer, mustBeRefused, mustSucceed } from './answer.ts';
import { askIn, inContextInTurn } from './app-session.ts';
import { freshRow, insertText } from './planted-row.ts';
import { type SqlScene, pairAt } from './sql-scene.ts';

/** "COPY FROM not supported with row-level security": https://www.postgresql.org/docs/18/sql-copy.html */
const NOT_SUPPORTED = '0A000';
const REFUSALS = ['42501', NOT_SUPPORTED];

/** Control: the same row by INSERT, where the policy is asked. No row is sent: that the way is open would be enough. */
export async function lookAtCopyIn(scene: SqlScene): Promise<Look[]> {
  const looks: Look[] = [];
  const { client } = scene.app;
  const { client: copier } = scene.copier;
  for (const [index, { name, insertable }] of scene.tables.entries()) {
    const { tenant, own } = pairAt(scene.pairs, index);
    const row = own.get(name);
    const probe = `sql: copy into ${name} from the client`;
    const answer = await inContextInTurn(copier, tenant.id, () => copyNothingIn(copier, name));
    looks.push(asProbe(probe, mustBeRefused(answer, REFUSALS), describeAnswer(answer)));
    const control =
      insertable && row !== undefined
        ? await askIn(client, { context: tenant.id, text: insertText(name), values: [freshRow(row, tenant.id)] })
        : await askIn(client, { context: tenant.id, text: `select from ${name} limit 1` });
    looks.push(asControl(probe, mustSucceed(control), `${tenant.slug}, by itself: ${describeAnswer(control)}`));
  }
  return looks;
}

async function copyNothingIn(client: pg.ClientBase, table: string): Promise<Answer> {
  try {
    await pipeline(
      Readable.from([], { objectMode: false }),
      client.query(copyFrom(`copy ${table} (tenant_id) from stdin`)),
    );
    return { state: SUCCESS, message: '', rows: [], count: 0 };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { state: error.code ?? 'unknown', message: error.message, rows: [], count: 0 };
  }
}
