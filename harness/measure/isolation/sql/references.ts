/** Probes of constraints: neither a reference nor a unique key may tell one tenant what another one has. */
import { type Look, asControl, asProbe } from '../look.ts';
import { type Answer, SUCCESS, describeAnswer, mustSucceed, saysNothing } from './answer.ts';
import { askIn } from './app-session.ts';
import { freshId, freshRow, insertText } from './planted-row.ts';
import { type Row, type SqlScene, type TenantPair, pairAt } from './sql-scene.ts';
import type { TableFacts, UniqueKey } from './table-facts.ts';

interface Reference {
  child: string;
  parent: string;
  /** Of the child, without tenant_id. */
  column: string;
}

export async function lookAtReferences(scene: SqlScene): Promise<Look[]> {
  const references = await readReferences(scene);
  const looks: Look[] = [];
  for (const [index, table] of scene.tables.filter(({ insertable }) => insertable).entries()) {
    const pair = pairAt(scene.pairs, index);
    for (const reference of references.filter(({ child }) => child === table.name))
      looks.push(...(await tryReference(scene, pair, reference)));
    for (const key of table.uniqueKeys) looks.push(...(await tryKey(scene, pair, table, key)));
  }
  return looks;
}

/** Foreign keys between protected tables that come down to one column beside the tenant. */
async function readReferences({ admin, tables }: SqlScene): Promise<Reference[]> {
  const { rows } = await admin.query<Reference>(
    `select quote_ident(c.relname) as child, quote_ident(p.relname) as parent, min(quote_ident(a.attname)) as column
       from pg_constraint f
       join pg_class c on c.oid = f.conrelid
       join pg_class p on p.oid = f.confrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = any (f.conkey) and a.attname <> 'tenant_id'
      where f.contype = 'f' and c.relnamespace = 'public'::regnamespace
        and quote_ident(c.relname) = any ($1) and quote_ident(p.relname) = any ($1)
      group by f.oid, c.relname, p.relname having count(*) = 1
      order by 1, 2, 3`,
    [tables.map(({ name }) => name)],
  );
  return rows;
}

/** Another tenant's parent must be answered as one that does not exist: refused, with the same error. */
async function tryReference(scene: SqlScene, pair: TenantPair, { child, parent, column }: Reference): Promise<Look[]> {
  const { tenant, other, own, foreign } = pair;
  const probe = `sql: ${child}.${column} that refers to another tenant's ${parent}`;
  const row = own.get(child);
  const [ownParent, foreignParent] = [own.get(parent), foreign.get(parent)];
  if (row === undefined || ownParent === undefined || foreignParent === undefined)
    return [asProbe(probe, 'undecided', `${tenant.slug} or ${other.slug} has no row to refer with`)];
  const insert = (id: unknown): Promise<Answer> => insertOwn(scene, pair, child, { ...row, [column]: id });
  const foreignAnswer = await insert(foreignParent['id']);
  const absentAnswer = await insert(freshId(foreignParent['id']));
  const ownAnswer = await insert(ownParent['id']);
  const told = `${describeAnswer(foreignAnswer)}; for one that does not exist: ${describeAnswer(absentAnswer)}`;
  return [
    asProbe(probe, mustBeAlike(foreignAnswer, absentAnswer), `${tenant.slug} → ${other.slug}: ${told}`),
    asControl(probe, mustSucceed(ownAnswer), `${tenant.slug} → its own: ${describeAnswer(ownAnswer)}`),
  ];
}

function mustBeAlike(foreign: Answer, absent: Answer): Look['outcome'] {
  if (foreign.state === SUCCESS) return 'violation';
  if (saysNothing(foreign) || saysNothing(absent)) return 'undecided';
  return foreign.state === absent.state && foreign.message === absent.message ? 'ok' : 'violation';
}

/** A key that another tenant has taken must be free to this one; that it is taken would tell that the row exists. */
async function tryKey(scene: SqlScene, pair: TenantPair, { name }: TableFacts, key: UniqueKey): Promise<Look[]> {
  const { tenant, other, own } = pair;
  const probe = `sql: ${key.columns.join(', ')} of ${name} that another tenant has taken`;
  const row = own.get(name);
  const taken = await readKeys(scene, pair, name, key);
  if (row === undefined || taken === null)
    return [asProbe(probe, 'undecided', `${tenant.slug} or ${other.slug} has no row with such a key`)];
  const free = await insertOwn(scene, pair, name, row);
  const control = asControl(probe, mustSucceed(free), `${tenant.slug} took a free key: ${describeAnswer(free)}`);
  // What both have already is no key over all tenants.
  if (taken.shared) return [asProbe(probe, 'ok', ''), control];
  const answer = await insertOwn(scene, pair, name, row, taken.values);
  return [
    asProbe(probe, mustBeFree(answer), `${tenant.slug} took the key of ${other.slug}: ${describeAnswer(answer)}`),
    control,
  ];
}

/** By a unique key, or by an exclusion constraint. */
const TAKEN = ['23505', '23P01'];

function mustBeFree(answer: Answer): Look['outcome'] {
  if (TAKEN.includes(answer.state)) return 'violation';
  return answer.state === SUCCESS && answer.count > 0 ? 'ok' : 'undecided';
}

interface TakenKey {
  values: Row;
  /** Whether this tenant has it as well. */
  shared: boolean;
}

/** One of the other tenant's keys, if there is one that this tenant has not. null without any. */
async function readKeys(
  { admin }: SqlScene,
  { tenant, other }: TenantPair,
  table: string,
  { columns: key, condition }: UniqueKey,
): Promise<TakenKey | null> {
  const columns = key.map((column) => `f.${column}`).join(', ');
  const same = key.map((column) => `o.${column} = f.${column}`).join(' and ');
  const { rows } = await admin.query<TakenKey>(
    `select to_jsonb(k) as values, shared
       from (select ${columns}, exists (select from ${table} o where o.tenant_id = $1 and ${same}) as shared
               from ${table} f where f.tenant_id = $2 and num_nulls(${columns}) = 0 and (${condition ?? true})
              order by shared limit 1) t, lateral (select ${key.map((column) => `t.${column}`).join(', ')}) k`,
    [tenant.id, other.id],
  );
  return rows[0] ?? null;
}

function insertOwn(scene: SqlScene, { tenant }: TenantPair, table: string, row: Row, keys: Row = {}): Promise<Answer> {
  const values = [{ ...freshRow(row, tenant.id), ...keys }];
  return askIn(scene.app.client, { context: tenant.id, text: insertText(table), values });
}
