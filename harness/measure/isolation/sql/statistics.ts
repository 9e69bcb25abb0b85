/** Probes of what Postgres itself knows of the data and of its other sessions: statistics, statements, activity. */
import { httpGet } from '../../http-get.ts';
import { type Look, asControl, asProbe } from '../look.ts';
import { sessionCookies } from '../session-cookies.ts';
import { type Answer, ask, describeAnswer, mustFindNothing, mustSucceed } from './answer.ts';
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
  const served = await askAsTenants(scene);
  const answer = await ask(
    app.client,
    `select to_jsonb(a)::text as seen from pg_stat_activity a
      where usename = $1 and datname = current_database() and pid <> pg_backend_pid()`,
    [role],
  );
  const hidden = await ask(
    app.client,
    `select from pg_stat_activity where usename <> $1 and coalesce(query, '') not in ('', '<insufficient privilege>')`,
    [role],
  );
  const beside = served && answer.count > 0 ? 'ok' : 'undecided';
  const control = asControl(sameRole, beside, `other sessions of its own role: ${describeAnswer(answer)}`);
  return [
    ...pairs.map(({ tenant }) => searched(sameRole, answer, tenant.slug, marksOf(tenant))),
    control,
    asProbe(otherRoles, mustFindNothing(hidden), `${describeAnswer(hidden)} of other roles`),
    { ...control, probe: otherRoles },
  ];
}

/** So that the service has a session beside this one, which has just worked for each tenant. Whether all were served: it may be too busy. */
async function askAsTenants({ service, system, pairs }: SqlScene): Promise<boolean> {
  const tenants = pairs.map(({ tenant }) => tenant);
  const cookies = await sessionCookies(system.vault, service.url, tenants);
  const url = `${service.url}/api/v1/portfolios?limit=1`;
  const answers = await Promise.allSettled(cookies.map((cookie) => httpGet(url, { cookie })));
  return answers.every((answer) => answer.status === 'fulfilled' && answer.value.status === 200);
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
  const outcome = found > 0 ? 'violation' : state === '00000' ? 'ok' : 'undecided';
  return asProbe(probe, outcome, `${found} ids or canaries of ${slug}`);
}
