/** Calls functions and procedures with the rights of their owner, as the application's role: what they tell, and what they change. */
import type pg from 'pg';
import type { ManifestTenant } from '../../../model/manifest.ts';
import { type Look, asProbe } from '../look.ts';
import { type AddedFunction, argumentSets, placeholders } from './added-functions.ts';
import { type Answer, SUCCESS, ask, describeAnswer } from './answer.ts';
import { inContext, setContext } from './app-session.ts';
import { marksIn, marksOf } from './marks.ts';
import type { SampleRows, SqlScene, TenantPair } from './sql-scene.ts';

interface Called {
  answer: Answer;
  /** By its answer, a notice or its error: of the other tenant, and more than was sent. */
  told: boolean;
  /** Rows of the other tenant, as that one sees them afterwards. */
  changed: boolean;
}

const MOST_ROWS = 100;

/** For a pair of tenants: with each id of the other in each place, and without a tenant, where it must find nothing at all. */
export async function callDefiner(
  scene: SqlScene,
  probe: string,
  added: AddedFunction,
  pair: TenantPair,
): Promise<Look> {
  const { tenant, other } = pair;
  const failures: Answer[] = [];
  const sets = argumentSets(added.places, pair);
  for (const values of sets) {
    const asked = await call(scene, pair, { added, values, context: tenant.id });
    const what = `${added.name}, called by ${tenant.slug},`;
    if (asked.told) return asProbe(probe, 'violation', `${what} told of ${other.slug}`);
    if (asked.changed) return asProbe(probe, 'violation', `${what} changed rows of ${other.slug}`);
    const unasked = await call(scene, pair, { added, values, context: '' });
    if (unasked.told || unasked.changed || unasked.answer.rows.some(saysSomething))
      return asProbe(probe, 'violation', `${added.name} answered without a tenant`);
    if (asked.answer.state !== SUCCESS) failures.push(asked.answer);
  }
  // It may well refuse ids of others; where every call failed, nobody has seen what it does.
  const [failure] = failures;
  if (failure === undefined || failures.length < sets.length) return asProbe(probe, 'ok', '');
  return asProbe(probe, 'undecided', `${added.name}: ${describeAnswer(failure)}`);
}

/** In a transaction that sees nobody else's changes, so that what has changed was changed by the call; rolled back. */
async function call(
  { app, tables }: SqlScene,
  { other, foreign }: TenantPair,
  { added, values, context }: { added: AddedFunction; values: readonly string[]; context: string },
): Promise<Called> {
  const { client } = app;
  // What the caller sent is no news to it.
  const news = newsOf(other, foreign).filter((mark) => !values.some((value) => value.includes(mark)));
  const keyed = tables.filter((table) => table.keyed).map((table) => table.name);
  return await inContext(client, null, async () => {
    await client.query('set transaction isolation level repeatable read');
    const before = await rowsOf(client, other, foreign, keyed);
    await setContext(client, context);
    app.takeNotices();
    const answer = await ask(client, ...textOf(added, values, context === '' ? null : news));
    const said = [answer.message, JSON.stringify(answer.rows), ...app.takeNotices()].join('\n');
    // After an error nothing of the call is left, and nothing can be asked in this transaction.
    const changed = answer.state === SUCCESS && (await rowsOf(client, other, foreign, keyed)) !== before;
    return { answer, told: marksIn(said, news) > 0, changed };
  });
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function newsOf(other: ManifestTenant, foreign: SampleRows): string[] {
  const ids = [...foreign.values()].flatMap((row) => Object.values(row)).filter((value) => typeof value === 'string');
  return [...new Set([...marksOf(other), ...ids.filter((value) => uuid.test(value))])];
}

async function rowsOf(
  client: pg.ClientBase,
  { id }: ManifestTenant,
  samples: SampleRows,
  tables: readonly string[],
): Promise<string> {
  await setContext(client, id);
  const seen: unknown[] = [];
  for (const name of tables) {
    const { rows } = await client.query(
      `select (select to_jsonb(t) from ${name} t where tenant_id = $1 and id::text = $2) as row,
              (select count(*) from ${name} where tenant_id = $1) as rows`,
      [id, String(samples.get(name)?.['id'])],
    );
    seen.push(rows);
  }
  return JSON.stringify(seen);
}

/** `news`: only the rows are asked for that have some of it; null: whatever there is. */
function textOf(
  { name, procedure, returnsVoid, places }: AddedFunction,
  values: readonly string[],
  news: readonly string[] | null,
): [text: string, values: unknown[]] {
  const list = placeholders(places);
  if (procedure) return [`call ${name}(${list})`, [...values]];
  if (returnsVoid) return [`select ${name}(${list})::text`, [...values]];
  const rows = `select to_jsonb(r) as answer from ${name}(${list}) r`;
  if (news === null) return [`${rows} limit ${MOST_ROWS}`, [...values]];
  const patterns = news.map((mark) => `%${mark}%`);
  return [`${rows} where to_jsonb(r)::text like any ($${values.length + 1}) limit ${MOST_ROWS}`, [...values, patterns]];
}

/** Null, nothing, zero and false are what a function that found no row answers. */
function saysSomething(answer: unknown): boolean {
  if (typeof answer === 'object' && answer !== null) return Object.values(answer).some(saysSomething);
  return answer !== null && answer !== 0 && answer !== '' && answer !== false;
}
