/** Probes of what Postgres itself knows of the data and of its other sessions: statistics, statements, activity. */
import { httpGet } from '../../http-get.ts';
import { type Look, asControl, asProbe } from '../look.ts';
import { sessionCookies } from '../session-cookies.ts';
import { type Answer, SUCCESS, ask, describeAnswer, mustFindNothing, mustSucceed } from './answer.ts';
import { inContext } from './app-session.ts';
import { marksIn, marksOf } from './marks.ts';
import type { SqlScene } from './sql-scene.ts';

export async function lookAtStatistics(scene: SqlScene): Promise<Look[]> {
  const looks: Look[] = [];
  for (const { name } of scene.tables) looks.push(...(await commonValues(scene, name)));
  looks.push(...(await rawStatistics(scene)), ...(await otherSessions(scene)), ...(await keptStatements(scene)));
  return looks;
}

/** pg_stats holds the most common values of every column; it hides those of tables whose policies bind the reader. */
async function commonValues({ app, admin }: SqlScene, table: string): Promise<Look[]> {
  const probe = `sql: common values of ${table} in pg_stats`;
  const text = `select from pg_stats where schemaname = 'public' and quote_ident(tablename) = $1 limit 5`;
  const [seen, control] = [await ask(app.client, text, [table]), await ask(admin, text, [table])];
  return [
    asProbe(probe, mustFindNothing(seen), describeAnswer(seen)),
    // Without statistics there would be nothing to hide.
    asControl(probe, control.count > 0 ? 'ok' : 'undecided', `of the administrator: ${describeAnswer(control)}`),
  ];
}

async function rawStatistics({ app, admin }: SqlScene): Promise<Look[]> {
  const probe = 'sql: pg_statistic behind the view';
  const text = 'select from pg_statistic limit 1';
  const [seen, control] = [await ask(app.client, text), await ask(admin, text)];
  return [
    asProbe(probe, mustFindNothing(seen), describeAnswer(seen)),
    asControl(probe, mustSucceed(control), `of the administrator: ${describeAnswer(control)}`),
  ];
}

/**
 * Sessions of one role see each other's statements: so these must not have values in them. Those of other roles stay hidden. Of this
 * database: beside it there may be others, whose services are probed by themselves.
 */
async function otherSessions(scene: SqlScene): Promise<Look[]> {
  const { app, system, pairs } = scene;
  const [sameRole, otherRoles] = ['sql: tenants in the statements of other sessions', 'sql: statements of other roles'];
  const role = system.postgres.appUser;
  const text = `select distinct query as seen, state from pg_stat_activity
      where usename = $1 and datname = current_database() and pid <> pg_backend_pid()`;
  const answer = await seenWhileServing(scene, () => ask(app.client, text, [role]));
  const hidden = await ask(
    app.client,
    `select from pg_stat_activity where usename <> $1 and coalesce(query, '') not in ('', '<insufficient privilege>')`,
    [role],
  );
  const beside = answer.rows.some(isWork) ? 'ok' : 'undecided';
  const control = asControl(
    sameRole,
    beside,
    `statements of other sessions of its own role: ${describeAnswer(answer)}`,
  );
  return [
    ...pairs.map(({ tenant }) => searched(sameRole, answer, tenant.slug, marksOf(tenant))),
    control,
    asProbe(otherRoles, mustFindNothing(hidden), `${describeAnswer(hidden)} of other roles`),
    { ...control, probe: otherRoles },
  ];
}

const servingMs = 3_000;
/** Of one of the tenants each, as it comes: so many that a tenant's own is among them. */
const fewestSights = 5;

/** What a session shows once it rests is the end of its transaction; what it begins with is the same for all. */
const isWork = ({ seen, state }: Answer['rows'][number]): boolean =>
  state === 'active' && !/^(begin|commit|rollback)|set_config/i.test(String(seen).trim());

/**
 * All that is seen, again and again, while the service works for each tenant: until statements were seen at work, or in vain for a
 * while. It may be too busy to be asked.
 */
async function seenWhileServing(scene: SqlScene, look: () => Promise<Answer>): Promise<Answer> {
  const tenants = scene.pairs.map(({ tenant }) => tenant);
  const cookies = await sessionCookies(scene.system.vault, scene.service.url, tenants);
  const url = `${scene.service.url}/api/v1/portfolios?limit=1`;
  const deadlineMs = performance.now() + servingMs;
  const rows = new Map<string, Answer['rows'][number]>();
  let atWork = 0;
  let answer: Answer;
  do {
    let done = false;
    const asked = Promise.allSettled(cookies.map((cookie) => httpGet(url, { cookie }))).then(() => (done = true));
    do {
      answer = await look();
      for (const row of answer.rows) rows.set(`${String(row['state'])} ${String(row['seen'])}`, row);
      if (answer.rows.some(isWork)) atWork += 1;
    } while (!done && answer.state === SUCCESS);
    await asked;
  } while (atWork < fewestSights && answer.state === SUCCESS && performance.now() < deadlineMs);
  return { ...answer, rows: [...rows.values()], count: rows.size };
}

async function keptStatements({ app, admin, pairs }: SqlScene): Promise<Look[]> {
  const probe = 'sql: tenants in pg_stat_statements';
  const { rows } = await admin.query<{ kept: boolean }>(`select to_regclass('pg_stat_statements') is not null as kept`);
  if (rows[0]?.kept !== true) return [];
  // Constants are gone from it, but not from every kind of statement, and comments are kept.
  const marks = pairs.flatMap(({ tenant }) => [tenant.id, tenant.canary]);
  const text = `select query as seen from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database()) and query like any ($1)`;
  const answer = await inContext(app.client, '', () => ask(app.client, text, [marks.map((mark) => `%${mark}%`)]));
  const own = await ask(app.client, `select from pg_stat_statements where query not like '<%' limit 1`);
  return [
    asProbe(probe, mustFindNothing(answer), `${answer.count} statements with an id or canary in them`),
    asControl(probe, mustSucceed(own), `statements of its own role: ${describeAnswer(own)}`),
  ];
}

function searched(probe: string, { rows, state }: Answer, slug: string, marks: readonly string[]): Look {
  const found = marksIn(rows.map((row) => String(row['seen'])).join('\n'), marks);
  const outcome = found > 0 ? 'violation' : state === SUCCESS ? 'ok' : 'undecided';
  return asProbe(probe, outcome, `${found} ids or canaries of ${slug}`);
}
