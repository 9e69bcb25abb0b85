/** Probes that read each table without a tenant's context, or with one that is none: nobody's rows may come. */
import { type Look, asControl, asProbe } from '../look.ts';
import { describeAnswer, mustFindNothing, mustSucceed } from './answer.ts';
import { askIn, openAppSession } from './app-session.ts';
import type { SqlScene } from './sql-scene.ts';

const INVALID_TEXT = '22P02';
const REFUSALS = ['42501', INVALID_TEXT];

/** What a broken or hostile caller may leave in the setting. */
const malformed = [
  'not-a-uuid',
  '*',
  '%',
  'null',
  "' or true --",
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
];

export async function lookAtContexts(scene: SqlScene): Promise<Look[]> {
  // Once set, the setting never is unset again in its session, only empty: so this takes a session of its own.
  const fresh = await openAppSession(scene.system, scene.database);
  try {
    const looks: Look[] = [];
    for (const { name } of scene.tables) {
      const unset = `sql: ${name} with no tenant context`;
      const answer = await askIn(fresh.client, { context: null, text: `select from ${name} limit 5` });
      looks.push(asProbe(unset, mustFindNothing(answer), describeAnswer(answer)));
    }
    for (const { name } of scene.tables) looks.push(...(await lookAtTable(scene, name)));
    return looks;
  } finally {
    await fresh.end();
  }
}

async function lookAtTable(scene: SqlScene, table: string): Promise<Look[]> {
  const { client } = scene.app;
  const text = `select from ${table} limit 5`;
  const probes = {
    unset: `sql: ${table} with no tenant context`,
    empty: `sql: ${table} with an empty tenant context`,
    malformed: `sql: ${table} with a malformed tenant context`,
    list: `sql: ${table} with a list of tenants as context`,
  };
  const looks: Look[] = [];
  const empty = await askIn(client, { context: '', text });
  looks.push(asProbe(probes.empty, mustFindNothing(empty), describeAnswer(empty)));
  for (const context of malformed) {
    const answer = await askIn(client, { context, text });
    looks.push(asProbe(probes.malformed, mustFindNothing(answer, REFUSALS), `${context}: ${describeAnswer(answer)}`));
  }
  for (const { tenant, other } of scene.pairs) {
    const list = await askIn(client, { context: `${tenant.id},${other.id}`, text });
    looks.push(asProbe(probes.list, mustFindNothing(list, REFUSALS), describeAnswer(list)));
    const own = await askIn(client, { context: tenant.id, text });
    const detail = `${tenant.slug}, its own: ${describeAnswer(own)}`;
    looks.push(...Object.values(probes).map((probe) => asControl(probe, mustSucceed(own), detail)));
  }
  return looks;
}
