/** Probes of whatever else the application's role may read: views, materialised views, partitions, copies, sequences. */
import pg from 'pg';
import { type Look, asComparison, asControl, asProbe } from '../look.ts';
import { type Answer, REFUSED, SUCCESS, ask, describeAnswer, mustFindNothing } from './answer.ts';
import { inContext, setContext } from './app-session.ts';
import { freshRow, insertText } from './planted-row.ts';
import type { SqlScene, TenantPair } from './sql-scene.ts';

interface Relation {
  name: string;
  /** Rows are told apart by nothing but the protected tables under it. */
  overProtected: boolean;
}

const markedProbe = 'sql: other relations that show a row of another tenant';
const contextProbe = 'sql: views that show the same whoever asks';
const unprotectedProbe = 'sql: tables with a tenant_id that nothing protects';

/** Everybody who logs in is looked up there by name, before the tenant is known; it has no data of customers. */
const OPEN_TO_ALL = ['tenants'];

export async function lookAtRelations(scene: SqlScene): Promise<Look[]> {
  const looks: Look[] = [await lookForUnprotected(scene)];
  const relations = await readRelations(scene);
  for (const pair of scene.pairs.slice(0, 2)) {
    for (const { name } of relations) looks.push(await searchForMarks(scene, name, pair));
    for (const { name } of relations.filter(({ overProtected }) => overProtected))
      looks.push(await compareContexts(scene, name, pair));
    // Where there is nothing beside the tables themselves: the session that could have read it sees its own rows.
    const own = await inContext(scene.app.client, pair.tenant.id, () =>
      ask(scene.app.client, 'select from orders limit 1'),
    );
    for (const probe of [markedProbe, contextProbe, unprotectedProbe])
      looks.push(asProbe(probe, 'ok', ''), asControl(probe, own.count > 0 ? 'ok' : 'violation', 'no row of its own'));
  }
  return looks;
}

async function lookForUnprotected({ admin, system }: SqlScene): Promise<Look> {
  const { rows } = await admin.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema)'
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
        and not (c.relrowsecurity and c.relforcerowsecurity)
        and has_schema_privilege($1, n.oid, 'usage') and has_any_column_privilege($1, c.oid, 'select, insert, update, references')
      order by 1`,
    [system.postgres.appUser],
  );
  return asComparison(
    unprotectedProbe,
    rows.length === 0 ? 'ok' : 'violation',
    rows.map(({ name }) => name).join(', '),
  );
}

/** All that the role may read but the protected tables, and what belongs to Postgres or an extension. */
async function readRelations({ admin, system, tables }: SqlScene): Promise<Relation[]> {
  const { rows } = await admin.query<Relation>(
    `with recursive beneath (top, oid) as (
       select c.oid, c.oid from pg_class c where c.relkind in ('v', 'm')
       union
       select b.top, d.refobjid from beneath b
         join pg_rewrite r on r.ev_class = b.oid
         join pg_depend d on d.objid = r.oid and d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
     )
     select c.oid::regclass::text as name,
            exists (select from beneath b join pg_class t on t.oid = b.oid where b.top = c.oid and b.oid <> c.oid
              and t.relnamespace = 'public'::regnamespace and quote_ident(t.relname) = any ($2)) as "overProtected"
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^(pg_|information_schema)'
        and not (n.nspname = 'public' and (quote_ident(c.relname) = any ($2) or c.relname = any ($3)))
        and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
        and has_schema_privilege($1, n.oid, 'usage') and has_any_column_privilege($1, c.oid, 'select')
      order by 1`,
    [system.postgres.appUser, tables.map(({ name }) => name), OPEN_TO_ALL],
  );
  return rows;
}

/** The other tenant writes first: what copies its rows elsewhere does so then. */
async function searchForMarks({ app, tables }: SqlScene, relation: string, pair: TenantPair): Promise<Look> {
  const { client } = app;
  const { tenant, other, foreign } = pair;
  const text = `select from ${relation} r where r::text like $1 or r::text like $2 limit 5`;
  const answer = await inContext(client, other.id, async () => {
    for (const { name } of tables.filter(({ insertable }) => insertable)) {
      const row = foreign.get(name);
      if (row === undefined) continue;
      await client.query('savepoint written');
      const written = await ask(client, insertText(name), [freshRow(row, other.id)]);
      if (written.count === 0) await client.query('rollback to savepoint written');
    }
    await setContext(client, tenant.id);
    return await ask(client, text, [`%${other.id}%`, `%${other.canary}%`]);
  });
  return asProbe(
    markedProbe,
    mustFindNothing(answer),
    `${relation} showed ${other.slug} to ${tenant.slug}: ${describeAnswer(answer)}`,
  );
}

/** A view with the rights of its owner answers whoever asks the same; so it is known even where it has sums only. */
async function compareContexts({ app }: SqlScene, relation: string, { tenant, other }: TenantPair): Promise<Look> {
  const { client } = app;
  const read = (context: string): Promise<Answer> =>
    inContext(client, context, () => ask(client, `select r::text as row from ${relation} r order by 1 limit 1000`));
  const answers = [await read(tenant.id), await read(other.id), await read('')];
  const failed = answers.find(({ state }) => state !== SUCCESS);
  // With the rights of whoever asks, it may be refused.
  if (failed !== undefined)
    return asProbe(
      contextProbe,
      failed.state === REFUSED ? 'ok' : 'undecided',
      `${relation}: ${describeAnswer(failed)}`,
    );
  const shown = new Set(answers.map(({ rows }) => JSON.stringify(rows)));
  const open = shown.size === 1 && answers.every(({ count }) => count > 0);
  return asProbe(
    contextProbe,
    open ? 'violation' : 'ok',
    `${relation} showed ${tenant.slug} what it shows ${other.slug}`,
  );
}

/** How far a sequence has come tells what all tenants together do. */
export async function lookAtSequences({ app, admin, pairs }: SqlScene): Promise<Look[]> {
  const probe = 'sql: sequences, which count for all tenants';
  const { rows } = await admin.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'S' and n.nspname !~ '^pg_' order by 1, 2`,
  );
  const looks: Look[] = [];
  for (const { schema, name } of rows) {
    const text = `select last_value from ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    const answer = await inContext(app.client, pairs[0]?.tenant.id ?? '', () => ask(app.client, text));
    const control = await ask(admin, text);
    looks.push(
      asProbe(probe, mustFindNothing(answer), `${name}: ${describeAnswer(answer)}`),
      asControl(
        probe,
        control.count > 0 ? 'ok' : 'violation',
        `${name}, its administrator: ${describeAnswer(control)}`,
      ),
    );
  }
  return looks;
}
