/** Probes that write: for another tenant, over another tenant's rows, and out of one's own tenant. */
import { type Look, asControl, asProbe } from '../look.ts';
import {
  type Answer,
  describeAnswer,
  mustBeRefused,
  mustFindNothing,
  mustReachTheTable,
  mustSucceed,
} from './answer.ts';
import { askIn, askWithoutTriggers } from './app-session.ts';
import { freshRow, insertText } from './planted-row.ts';
import { type Row, type SqlScene, type TenantPair, pairAt } from './sql-scene.ts';
import type { TableFacts } from './table-facts.ts';

interface Write {
  probe: string;
  text: string;
  /** What the stranger sends, and what the owner sends for itself. */
  foreign: readonly unknown[];
  own: readonly unknown[];
  /** Inserts must be refused; what is changed must not be found. */
  must: 'be-refused' | 'find-nothing';
}

export async function lookAtWrites(scene: SqlScene): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [index, table] of scene.tables.entries()) {
    const pair = pairAt(scene.pairs, index);
    if (!table.keyed) {
      looks.push(...(await tryUnkeyed(scene, table, pair)));
      continue;
    }
    const [own, foreign] = [pair.own.get(table.name), pair.foreign.get(table.name)];
    if (own === undefined || foreign === undefined) {
      looks.push(asProbe(`sql: update of another tenant's ${table.name}`, 'undecided', 'there is no row'));
      continue;
    }
    for (const write of insertsOf(table, pair, own, foreign))
      looks.push(...(await tryWrite(scene, pair, write, table.triggered)));
    for (const write of changesOf(table, pair, own, foreign)) looks.push(...(await tryWrite(scene, pair, write)));
    looks.push(...(await tryWithoutRight(scene, table, pair, foreign)));
  }
  return looks;
}

/** `byPolicyAlone`: without the triggers, one of which might refuse what the table's own policy would let through. */
async function tryWrite(
  { app, system }: SqlScene,
  { tenant, other }: TenantPair,
  write: Write,
  byPolicyAlone = false,
): Promise<Look[]> {
  const { client } = app;
  const { probe, text } = write;
  const question = { context: tenant.id, text, values: write.foreign };
  const foreign = byPolicyAlone
    ? await askWithoutTriggers(client, system.postgres.appUser, question)
    : await askIn(client, question);
  const own = await askIn(client, { context: tenant.id, text, values: write.own });
  const outcome = write.must === 'be-refused' ? mustBeRefused(foreign) : mustFindNothing(foreign);
  return [
    asProbe(probe, outcome, `${tenant.slug} → ${other.slug}: ${describeAnswer(foreign)}`),
    asControl(probe, mustSucceed(own), `${tenant.slug} → itself: ${describeAnswer(own)}`),
  ];
}

/** The planted row refers to rows of the tenant that it is planted on: nothing but the policy stands in its way. */
function insertsOf(table: TableFacts, { tenant, other }: TenantPair, own: Row, foreign: Row): Write[] {
  const { name, insertable, updatableColumn, primaryKey } = table;
  if (!insertable) return [];
  const insert = insertText(name);
  const planted = { foreign: [freshRow(foreign, other.id)], own: [freshRow(own, tenant.id)] };
  const taken = { foreign: [foreign], own: [own] };
  const must = 'be-refused' as const;
  const writes: Write[] = [
    { probe: `sql: insert into ${name} for another tenant`, text: insert, ...planted, must },
    {
      probe: `sql: insert into ${name} for another tenant, returning`,
      text: `${insert} returning tenant_id`,
      ...planted,
      must,
    },
    {
      probe: `sql: upsert into ${name} over another tenant's key, do nothing`,
      text: `${insert} on conflict do nothing`,
      foreign: taken.foreign,
      own: planted.own,
      must,
    },
  ];
  if (updatableColumn === null || primaryKey.length === 0) return writes;
  const update = `${insert} on conflict (${primaryKey.join(', ')}) do update set ${updatableColumn} = excluded.${updatableColumn}`;
  return [...writes, { probe: `sql: upsert into ${name} over another tenant's key`, text: update, ...taken, must }];
}

function changesOf(table: TableFacts, { tenant, other }: TenantPair, own: Row, foreign: Row): Write[] {
  const { name, updatableColumn, deletable } = table;
  const rows = { foreign: [other.id, foreign['id']], own: [tenant.id, own['id']] };
  const must = 'find-nothing' as const;
  const one = 'where tenant_id = $1 and id = $2';
  const writes: Write[] = [];
  if (updatableColumn !== null) {
    const set = `update ${name} set ${updatableColumn} = ${updatableColumn}`;
    writes.push(
      { probe: `sql: update of another tenant's ${name}`, text: `${set} ${one}`, ...rows, must },
      { probe: `sql: update of another tenant's ${name}, returning`, text: `${set} ${one} returning *`, ...rows, must },
    );
  }
  if (deletable)
    writes.push({
      probe: `sql: delete of another tenant's ${name}`,
      text: `delete from ${name} ${one}`,
      ...rows,
      must,
    });
  return writes;
}

/**
 * A table with a row a tenant, which has no other name: by the policy alone, since its triggers refuse what comes from elsewhere. An own
 * row that is there already lets the control's insert come as far as its key.
 */
async function tryUnkeyed(
  { app, system }: SqlScene,
  { name, tenantInsertable, updatableColumn }: TableFacts,
  { tenant, other }: TenantPair,
): Promise<Look[]> {
  const askFor = (text: string, id: string): Promise<Answer> =>
    askWithoutTriggers(app.client, system.postgres.appUser, { context: tenant.id, text, values: [id] });
  const looks: Look[] = [];
  if (tenantInsertable) {
    const probe = `sql: insert into ${name} for another tenant`;
    const text = `insert into ${name} (tenant_id) values ($1)`;
    const [foreign, own] = [await askFor(text, other.id), await askFor(text, tenant.id)];
    looks.push(
      asProbe(probe, mustBeRefused(foreign), `${tenant.slug} → ${other.slug}: ${describeAnswer(foreign)}`),
      asControl(probe, mustReachTheTable(own), `${tenant.slug} → itself: ${describeAnswer(own)}`),
    );
  }
  if (updatableColumn !== null) {
    const probe = `sql: update of another tenant's ${name}`;
    const text = `update ${name} set ${updatableColumn} = ${updatableColumn} where tenant_id = $1`;
    const [foreign, own] = [await askFor(text, other.id), await askFor(text, tenant.id)];
    looks.push(
      asProbe(probe, mustFindNothing(foreign), `${tenant.slug} → ${other.slug}: ${describeAnswer(foreign)}`),
      asControl(probe, mustSucceed(own), `${tenant.slug} → itself: ${describeAnswer(own)}`),
    );
  }
  return looks;
}

/**
 * What the role may not do at all, tried nevertheless. There is no owner who may: the control is that the row which would be hit is
 * there, and that its owner sees it.
 */
async function tryWithoutRight(scene: SqlScene, table: TableFacts, pair: TenantPair, foreign: Row): Promise<Look[]> {
  const { name, updatableColumn, deletable } = table;
  const { tenant, other } = pair;
  const { client } = scene.app;
  const one = 'where tenant_id = $1 and id = $2';
  const values = [other.id, foreign['id']];
  const texts: [probe: string, text: string, values: unknown[]][] = [
    [
      `sql: move of another tenant's ${name} to oneself`,
      `update ${name} set tenant_id = $3 ${one}`,
      [...values, tenant.id],
    ],
  ];
  if (updatableColumn === null)
    texts.push([`sql: update of another tenant's ${name}`, `update ${name} set id = id ${one}`, values]);
  if (!deletable) texts.push([`sql: delete of another tenant's ${name}`, `delete from ${name} ${one}`, values]);
  const seen = await askIn(client, { context: other.id, text: `select from ${name} ${one}`, values });
  const looks: Look[] = [];
  for (const [probe, text, sent] of texts) {
    const answer = await askIn(client, { context: tenant.id, text, values: sent });
    const control = asControl(probe, mustSucceed(seen), `${other.slug} looked for the row: ${describeAnswer(seen)}`);
    looks.push(
      asProbe(probe, mustFindNothing(answer), `${tenant.slug} → ${other.slug}: ${describeAnswer(answer)}`),
      control,
    );
  }
  return looks;
}
