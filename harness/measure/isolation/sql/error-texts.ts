/** Probes of what conditions tell while they are evaluated: errors, notices and functions of one's own must not see another tenant's rows. */
import pg from 'pg';
import { type Look, asControl, asProbe } from '../look.ts';
import { type Answer, SUCCESS, ask, describeAnswer, saysNothing } from './answer.ts';
import { inContext } from './app-session.ts';
import { visitRowByRow } from './row-by-row.ts';
import { type SqlScene, type TenantPair, pairAt } from './sql-scene.ts';

/** Raised by a cast of a uuid to a number; the text of the error has the uuid in it. */
const INVALID_TEXT = '22P02';

/**
 * The classic leak: cheap, so that a planner that may choose evaluates it first. Where the role may make it nowhere, as here, the superuser
 * makes it for this transaction: a function that somebody added for another purpose may be as talkative.
 */
const leakyFunction = `create function pg_temp.probe_tells(value uuid) returns boolean language plpgsql cost 0.0000001
  as $$ begin raise notice 'seen %', value; return true; end $$`;

export async function lookAtErrorTexts(scene: SqlScene): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [index, { name }] of scene.tables.entries()) {
    const pair = pairAt(scene.pairs, index);
    looks.push(...(await failOnForeignRows(scene, name, pair)), ...(await tellOfForeignRows(scene, name, pair)));
  }
  return looks;
}

/** The condition fails on the rows of one tenant only: an error would say that there are some, and whose. */
async function failOnForeignRows({ app }: SqlScene, table: string, { tenant, other }: TenantPair): Promise<Look[]> {
  const { client } = app;
  const probe = `sql: error of a condition over other tenants' ${table}`;
  const failing = (which: string) =>
    `select count(*) from ${table} where case when tenant_id ${which} $1 then tenant_id::text::int else 1 end = 1`;
  const run = (which: string): Promise<Answer> =>
    inContext(client, tenant.id, async () => {
      await visitRowByRow(client);
      return await ask(client, failing(which), [tenant.id]);
    });
  const [foreign, own] = [await run('<>'), await run('=')];
  const told = foreign.message.includes(other.id) ? `, and the id of ${other.slug}` : '';
  const outcome = foreign.state === SUCCESS ? 'ok' : foreign.state === INVALID_TEXT ? 'violation' : 'undecided';
  return [
    asProbe(probe, outcome, `${tenant.slug} got ${describeAnswer(foreign)}${told}`),
    asControl(
      probe,
      own.state === INVALID_TEXT ? 'ok' : saysNothing(own) ? 'undecided' : 'violation',
      `over its own rows: ${describeAnswer(own)}`,
    ),
  ];
}

/** It is called for the rows of others alone, and then, for the control, for whatever row comes. */
async function tellOfForeignRows({ app, system }: SqlScene, table: string, { tenant }: TenantPair): Promise<Look[]> {
  const { client, takeNotices } = app;
  const probe = `sql: function of one's own in a condition over ${table}`;
  const call = 'pg_temp.probe_tells(tenant_id)';
  const { answer, foreign, own } = await inContext(client, tenant.id, async () => {
    await client.query('reset session authorization');
    await client.query(leakyFunction);
    await client.query(`set local session authorization ${pg.escapeIdentifier(system.postgres.appUser)}`);
    await visitRowByRow(client);
    takeNotices();
    const condition = `case when tenant_id <> $1 then ${call} else false end`;
    const answer = await ask(client, `select from ${table} where ${condition} limit 5`, [tenant.id]);
    const foreign = takeNotices().length;
    // Once a statement has failed, for instance by the time it takes, the transaction answers no other.
    if (answer.state === SUCCESS) await ask(client, `select from ${table} where ${call} limit 5`);
    return { answer, foreign, own: takeNotices().filter((notice) => notice.includes(tenant.id)).length };
  });
  const outcome = foreign > 0 ? 'violation' : answer.state === SUCCESS ? 'ok' : 'undecided';
  return [
    asProbe(probe, outcome, `${tenant.slug} was told of ${foreign} foreign rows`),
    asControl(
      probe,
      own > 0 ? 'ok' : answer.state === SUCCESS ? 'violation' : 'undecided',
      `${tenant.slug} was told of ${own} rows of its own`,
    ),
  ];
}
