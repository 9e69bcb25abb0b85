/** Probes of settings that a policy reads beside the tenant's: anybody may make them, so they must open nothing. */
import { type Look, asControl, asProbe } from '../look.ts';
import { ask, describeAnswer, mustFindNothing, mustSucceed } from './answer.ts';
import { inContext } from './app-session.ts';
import { type SqlScene, type TenantPair, pairAt } from './sql-scene.ts';

const TENANT_SETTING = 'app.tenant_id';
/** What an exemption is usually switched on by; the policies' own texts are tried, too. */
const usualValues = ['on', 'true', '1', 'admin'];

const probeOf = (table: string) => `sql: settings that the policies of ${table} read`;

export async function lookAtPolicySettings(scene: SqlScene): Promise<Look[]> {
  const policies = await readPolicies(scene);
  const looks: Look[] = [];
  for (const [index, { name }] of scene.tables.entries()) {
    const text = policies
      .filter(({ table }) => table === name)
      .map((policy) => policy.text)
      .join(' ');
    const literals = [...text.matchAll(/'([^']*)'/g)].map(([, literal = '']) => literal);
    const read = [...text.matchAll(/current_setting\('([^']+)'/g)].map(([, setting = '']) => setting);
    const dotted = literals.filter((literal) => /^[a-z_]\w*\.[\w.]+$/i.test(literal));
    const settings = new Set([...read, ...dotted].filter((setting) => setting !== TENANT_SETTING));
    const values = new Set([...usualValues, ...literals.filter((literal) => !settings.has(literal))]);
    looks.push(...(await tryValues(scene, name, pairAt(scene.pairs, index), { settings, values })));
  }
  return looks;
}

async function readPolicies({ admin, tables }: SqlScene): Promise<{ table: string; text: string }[]> {
  const { rows } = await admin.query<{ table: string; text: string }>(
    `select quote_ident(tablename) as table, concat_ws(' ', qual, with_check) as text
       from pg_policies where schemaname = 'public' and quote_ident(tablename) = any ($1)`,
    [tables.map(({ name }) => name)],
  );
  return rows;
}

interface Tried {
  settings: ReadonlySet<string>;
  values: ReadonlySet<string>;
}

async function tryValues(
  { app }: SqlScene,
  table: string,
  { tenant }: TenantPair,
  { settings, values }: Tried,
): Promise<Look[]> {
  const { client } = app;
  const probe = probeOf(table);
  const looks: Look[] = [];
  const text = `select from ${table} where tenant_id is distinct from $1 limit 1`;
  for (const setting of settings) {
    for (const value of values) {
      const answer = await inContext(client, tenant.id, async () => {
        await client.query('select set_config($1, $2, true)', [setting, value]);
        return await ask(client, text, [tenant.id]);
      });
      looks.push(
        asProbe(probe, mustFindNothing(answer), `${tenant.slug} with ${setting} = ${value}: ${describeAnswer(answer)}`),
      );
    }
  }
  const own = await inContext(client, tenant.id, () => ask(client, `select from ${table} limit 1`));
  // Where policies read the tenant's setting alone there is nothing to try.
  return [
    ...looks,
    asProbe(probe, 'ok', ''),
    asControl(probe, mustSucceed(own), `${tenant.slug}: ${describeAnswer(own)}`),
  ];
}
