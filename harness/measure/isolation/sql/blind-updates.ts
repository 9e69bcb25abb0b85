/** Probes that change rows without reading any: such an UPDATE is bound by the policies for UPDATE alone. */
import { type Look, asControl, asProbe } from '../look.ts';
import { REFUSED, SUCCESS, ask, describeAnswer, mustFindNothing } from './answer.ts';
import { askWithoutTriggers, inContext } from './app-session.ts';
import type { SqlScene, TenantPair } from './sql-scene.ts';
import type { TableFacts } from './table-facts.ts';

/** Only for the smallest tenant: all its rows are locked until the rollback. */
export async function lookAtBlindUpdates(scene: SqlScene): Promise<Look[]> {
  const { app, tables, pairs } = scene;
  const [smallest] = [...pairs].sort((a, b) => a.tenant.rows - b.tenant.rows);
  if (smallest === undefined) return [];
  const looks: Look[] = [];
  for (const table of tables.filter(({ keyed }) => keyed)) {
    looks.push(...(await updateBlindly(app, table, smallest)));
    looks.push(...(await giveAway(scene, table, smallest)));
  }
  return looks;
}

/**
 * Its own rows, handed to another tenant: an UPDATE that reads none need not see afterwards what it wrote. By the policy alone, since
 * keys and triggers might stop what it lets through.
 */
async function giveAway(
  { app: { client }, system }: SqlScene,
  { name }: TableFacts,
  { tenant, other, own }: TenantPair,
): Promise<Look[]> {
  const probe = `sql: move of all one's own ${name} to another tenant`;
  const question = { context: tenant.id, text: `update ${name} set tenant_id = $1`, values: [other.id] };
  const answer = await askWithoutTriggers(client, system.postgres.appUser, question);
  return [
    asProbe(probe, mustFindNothing(answer), `${tenant.slug} → ${other.slug}: ${describeAnswer(answer)}`),
    asControl(probe, own.has(name) ? 'ok' : 'undecided', `${tenant.slug} has none`),
  ];
}

async function updateBlindly(
  { client }: SqlScene['app'],
  table: TableFacts,
  { tenant, own }: TenantPair,
): Promise<Look[]> {
  const { name, updatableColumn, updatableType } = table;
  const row = own.get(name);
  if (updatableColumn === null || updatableType === null || row === undefined) return [];
  const probe = `sql: update of all ${name} without reading`;
  const text = `update ${name} set ${updatableColumn} = ($1::jsonb ->> 'value')::${updatableType}`;
  const count = async (): Promise<number> => {
    const { rows } = await ask(client, `select count(*)::int as own from ${name} where tenant_id = $1`, [tenant.id]);
    return Number(rows[0]?.['own'] ?? 0);
  };
  return await inContext(client, tenant.id, async () => {
    const before = await count();
    const changed = await ask(client, text, [{ value: row[updatableColumn] }]);
    // Under load the tenant itself adds rows between two statements.
    const visible = Math.max(before, await count());
    // Its own rows pass the check as they are: one that does not was another tenant's, and had been reached.
    const reached = changed.state === REFUSED && changed.message.includes('row-level security');
    const decided = changed.state !== SUCCESS ? 'undecided' : changed.count > visible ? 'violation' : 'ok';
    const outcome = reached ? 'violation' : decided;
    return [
      asProbe(probe, outcome, `${tenant.slug} has ${visible}, and changed ${describeAnswer(changed)}`),
      asControl(
        probe,
        changed.state !== SUCCESS ? 'undecided' : changed.count > 0 ? 'ok' : 'violation',
        'it changed none of its own',
      ),
    ];
  });
}
