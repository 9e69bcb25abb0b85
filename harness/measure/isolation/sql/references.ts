/** Probes of constraints: neither a reference nor a unique key may tell one tenant what another one has. */
import { type Look, asControl, asProbe } from '../look.ts';
import { type Answer, SUCCESS, describeAnswer, mustSucceed } from './answer.ts';
import { askIn } from './app-session.ts';
import { freshId, freshRow, insertText } from './planted-row.ts';
import { type Row, type SqlScene, type TenantPair, pairAt } from './sql-scene.ts';
import type { TableFacts } from './table-facts.ts';

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
  const same = foreignAnswer.state === absentAnswer.state && foreignAnswer.message === absentAnswer.message;
  const told = `${describeAnswer(foreignAnswer)}; for one that does not exist: ${describeAnswer(absentAnswer)}`;
  return [
    asProbe(
      probe,
      foreignAnswer.state !== SUCCESS && same ? 'ok' : 'violation',
      `${tenant.slug} → ${other.slug}: ${told}`,
    ),
    asControl(probe, mustSucceed(ownAnswer), `${tenant.slug} → its own: ${describeAnswer(ownAnswer)}`),
  ];
}

/** A key that another tenant has taken must be free to this one; that it is taken would tell that the row exists. */
async function tryKey(scene: SqlScene, pair: TenantPair, { name }: TableFacts, key: string[]): Promise<Look[]> {
  const { tenant, other, own, foreign } = pair;
  const probe = `sql: ${key.join(', ')} of ${name} that another tenant has taken`;
  const [row, taken] = [own.get(name), foreign.get(name)];
  const values = key.map((column): [string, unknown] => [column, taken?.[column] ?? null]);
  if (key.length === 0) return [];
  if (row === undefined || values.some(([, value]) => value === null))
    return [asProbe(probe, 'undecided', `${other.slug} has no row with such a key`)];
  // Where both have it already, as numbers that are counted for each tenant, the key is not one over all tenants.
  if (await hasKey(scene, pair, name, values)) return [];
  const answer = await insertOwn(scene, pair, name, row, Object.fromEntries(values));
  const free = await insertOwn(scene, pair, name, row);
  return [
    asProbe(probe, mustSucceed(answer), `${tenant.slug} took the key of ${other.slug}: ${describeAnswer(answer)}`),
    asControl(probe, mustSucceed(free), `${tenant.slug} took a free key: ${describeAnswer(free)}`),
  ];
}

async function hasKey(
  { app }: SqlScene,
  { tenant }: TenantPair,
  table: string,
  key: [string, unknown][],
): Promise<boolean> {
  const where = key.map(([column], index) => `${column}::text = $${index + 1}`).join(' and ');
  const values = key.map(([, value]) => String(value));
  const { count } = await askIn(app.client, {
    context: tenant.id,
    text: `select from ${table} where ${where} limit 1`,
    values,
  });
  return count > 0;
}

function insertOwn(scene: SqlScene, { tenant }: TenantPair, table: string, row: Row, keys: Row = {}): Promise<Answer> {
  const values = [{ ...freshRow(row, tenant.id), ...keys }];
  return askIn(scene.app.client, { context: tenant.id, text: insertText(table), values });
}
