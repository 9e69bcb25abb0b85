/** Probes of functions that somebody added: called by the application's role they must not tell of other tenants' rows. */
import { type Look, asControl, asProbe } from '../look.ts';
import { type AddedFunction, argumentSets, placeholders, readAddedFunctions } from './added-functions.ts';
import { ask, describeAnswer, mustSucceed, saysNothing } from './answer.ts';
import { inContext } from './app-session.ts';
import { callDefiner } from './definer-functions.ts';
import { marksIn, marksOf } from './marks.ts';
import { visitRowByRow } from './row-by-row.ts';
import type { SqlScene, TenantPair } from './sql-scene.ts';

const definerProbe = 'sql: functions with the rights of their owner';
const leakproofProbe = 'sql: functions that count as leakproof';

export async function lookAtFunctions(scene: SqlScene): Promise<Look[]> {
  const { app, pairs } = scene;
  const added = await readAddedFunctions(scene);
  const looks: Look[] = [];
  for (const pair of pairs) {
    for (const one of added.filter(({ definer }) => definer))
      looks.push(await callDefiner(scene, definerProbe, one, pair));
    for (const one of added.filter(({ leakproof }) => leakproof)) looks.push(...(await filterBy(scene, one, pair)));
    // Where nobody added one there is none to call; the session that could have called it sees its own rows.
    const own = await inContext(app.client, pair.tenant.id, () => ask(app.client, 'select from orders limit 1'));
    for (const probe of [definerProbe, leakproofProbe])
      looks.push(asProbe(probe, 'ok', ''), asControl(probe, mustSucceed(own), `its own rows: ${describeAnswer(own)}`));
  }
  return looks;
}

/**
 * Postgres may evaluate it before the policy: https://www.postgresql.org/docs/18/rules-privileges.html. Only over columns of its very
 * type: a conversion on the way is not leakproof, and holds it back. In each of its places, with constants in the others.
 */
async function filterBy(
  { app, admin, tables, pairs }: SqlScene,
  { name, procedure, places }: AddedFunction,
  pair: TenantPair,
): Promise<Look[]> {
  const { tenant } = pair;
  const others = pairs.filter((one) => one.tenant !== tenant).flatMap((one) => marksOf(one.tenant));
  const [constants = []] = argumentSets(places, pair);
  const looks: Look[] = [];
  for (const [at, { type }] of procedure ? [] : places.entries()) {
    const { rows: columns } = await admin.query<{ table: string; column: string }>(
      `select quote_ident(c.relname) as table, quote_ident(a.attname) as column from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and quote_ident(c.relname) = any ($1) and a.attnum > 0 and not a.attisdropped
          and format_type(a.atttypid, null) = $2 and a.attname <> 'password_hash'`,
      [tables.map((table) => table.name), type],
    );
    for (const { table, column } of columns) {
      const list = [placeholders(places.slice(0, at)), column, placeholders(places.slice(at + 1), at + 1)];
      const condition = `${name}(${list.filter((part) => part !== '').join(', ')}) is not null`;
      const values = constants.filter((_, place) => place !== at);
      const { answer, notices } = await inContext(app.client, tenant.id, async () => {
        await visitRowByRow(app.client);
        app.takeNotices();
        return {
          answer: await ask(app.client, `select from ${table} where ${condition} limit 50`, values),
          notices: app.takeNotices(),
        };
      });
      const told = marksIn(
        [answer.message, ...notices].join('\n'),
        others.filter((mark) => !values.includes(mark)),
      );
      const outcome = told > 0 ? 'violation' : saysNothing(answer) ? 'undecided' : 'ok';
      const what = `${name} over ${table} told ${tenant.slug} of ${told} others: ${describeAnswer(answer)}`;
      looks.push(asProbe(leakproofProbe, outcome, what));
    }
  }
  return looks;
}
