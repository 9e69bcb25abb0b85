/** Probes of functions that somebody added: called by the application's role they must not tell of other tenants' rows. */
import { type Look, asControl, asProbe } from '../look.ts';
import { ask, saysNothing } from './answer.ts';
import { askIn, inContext } from './app-session.ts';
import { marksIn, marksOf } from './marks.ts';
import { visitRowByRow } from './row-by-row.ts';
import type { SqlScene, TenantPair } from './sql-scene.ts';

interface AddedFunction {
  /** As a call names it. */
  name: string;
  definer: boolean;
  leakproof: boolean;
  returnsSet: boolean;
  types: string[];
}

const definerProbe = 'sql: functions with the rights of their owner';
const leakproofProbe = 'sql: functions that count as leakproof';

export async function lookAtFunctions(scene: SqlScene): Promise<Look[]> {
  const added = await readFunctions(scene);
  const [pair] = scene.pairs;
  if (pair === undefined) return [];
  const looks: Look[] = [];
  for (const one of added.filter(({ definer }) => definer)) looks.push(await callDefiner(scene, pair, one));
  for (const one of added.filter(({ leakproof, types }) => leakproof && types.length === 1))
    looks.push(...(await filterBy(scene, one)));
  // Where nobody added one there is none to call; the session that could have called it sees its own rows.
  const own = await inContext(scene.app.client, pair.tenant.id, () =>
    ask(scene.app.client, 'select from orders limit 1'),
  );
  for (const probe of [definerProbe, leakproofProbe]) {
    looks.push(asProbe(probe, 'ok', ''), asControl(probe, own.count > 0 ? 'ok' : 'violation', 'no row of its own'));
  }
  return looks;
}

/** Not those of Postgres or of an extension, and no triggers, which nobody can call. */
async function readFunctions({ admin, system }: SqlScene): Promise<AddedFunction[]> {
  const { rows } = await admin.query<AddedFunction>(
    `select p.oid::regproc::text as name, p.prosecdef as definer, p.proleakproof as leakproof, p.proretset as "returnsSet",
            coalesce((select array_agg(format_type(t, null) order by place)
              from unnest(p.proargtypes::oid[]) with ordinality as argument (t, place)), '{}') as types
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' and p.prokind in ('f', 'p')
        and p.prorettype <> 'trigger'::regtype and p.prorettype <> 'event_trigger'::regtype
        and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
        and (p.prosecdef or p.proleakproof)
        and has_function_privilege($1, p.oid, 'execute') and has_schema_privilege($1, n.oid, 'usage')
      order by 1`,
    [system.postgres.appUser],
  );
  return rows;
}

/** With each id of the other tenant for an argument; and without a context, in which it must find nothing at all. */
async function callDefiner(
  { app }: SqlScene,
  { tenant, other, foreign }: TenantPair,
  added: AddedFunction,
): Promise<Look> {
  const ids = [other.id, ...[...foreign.values()].map((row) => String(row['id']))];
  const marks = marksOf(other).map((mark) => `%${mark}%`);
  const call = `${added.name}(${added.types.map((type, at) => `$${at + 1}::text::${type}`).join(', ')}) r`;
  for (const id of added.types.length === 0 ? [''] : ids) {
    const values = added.types.map((type) => argumentFor(type, id, other.slug));
    const searching = `select from ${call} where to_jsonb(r)::text like any ($${values.length + 1}) limit 1`;
    const told = await askIn(app.client, { context: tenant.id, text: searching, values: [...values, marks] });
    if (told.count > 0) return asProbe(definerProbe, 'violation', `${added.name} told ${tenant.slug} of ${other.slug}`);
    if (saysNothing(told)) return asProbe(definerProbe, 'undecided', `${added.name}: SQLSTATE ${told.state}`);
    const unasked = await askIn(app.client, {
      context: '',
      text: `select to_jsonb(r) as answer from ${call} limit 5`,
      values,
    });
    if (unasked.rows.some((row) => saysSomething(row['answer'])))
      return asProbe(definerProbe, 'violation', `${added.name} answered without a tenant`);
  }
  return asProbe(definerProbe, 'ok', '');
}

function argumentFor(type: string, id: string, slug: string): string {
  if (type === 'uuid') return id;
  return /int|numeric|double|real/.test(type) ? '1' : slug;
}

/** Null, nothing, zero and false are what a function that found no row answers. */
function saysSomething(answer: unknown): boolean {
  if (typeof answer === 'object' && answer !== null) return Object.values(answer).some(saysSomething);
  return answer !== null && answer !== 0 && answer !== '' && answer !== false;
}

/**
 * Postgres may evaluate it before the policy: https://www.postgresql.org/docs/18/rules-privileges.html. Only over columns of its very
 * type: a conversion on the way is not leakproof, and holds it back.
 */
async function filterBy({ app, admin, tables, pairs }: SqlScene, { name, types }: AddedFunction): Promise<Look[]> {
  const { rows } = await admin.query<{ table: string; column: string }>(
    `select quote_ident(c.relname) as table, quote_ident(a.attname) as column from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and quote_ident(c.relname) = any ($1) and a.attnum > 0 and not a.attisdropped
        and format_type(a.atttypid, null) = $2 and a.attname <> 'password_hash'`,
    [tables.map((table) => table.name), types[0]],
  );
  const looks: Look[] = [];
  for (const { table, column } of rows) {
    for (const { tenant } of pairs) {
      const seen = await inContext(app.client, tenant.id, async () => {
        await visitRowByRow(app.client);
        app.takeNotices();
        const { message } = await ask(app.client, `select from ${table} where ${name}(${column}) is not null limit 50`);
        return [message, ...app.takeNotices()].join('\n');
      });
      const others = pairs.filter((pair) => pair.tenant !== tenant).flatMap((pair) => marksOf(pair.tenant));
      const told = marksIn(seen, others);
      looks.push(
        asProbe(
          leakproofProbe,
          told > 0 ? 'violation' : 'ok',
          `${name} over ${table} told ${tenant.slug} of ${told} others`,
        ),
      );
    }
  }
  return looks;
}
