/** Probes of tenant isolation in SQL, as the application's own role and without the service's explicit filter: the policies alone must hold. */
import pg from 'pg';
import type { Manifest, ManifestTenant } from '../model/manifest.ts';
import type { ProbeCount } from '../model/measurement.ts';
import type { System } from '../model/system.ts';
import { PROTECTED_TABLES } from './postgres-security.ts';

const INSUFFICIENT_PRIVILEGE = '42501'; // what a violated WITH CHECK raises, and a missing grant too
const NO_ERROR = '00000';
const NOTHING_TO_COPY = 'no row';
const UNUSED_AUDIT_ID = '9223372036854775807';
const TENANTS_PROBED = 3;

const probeNames = {
  policy: (table: string) => `sql: one forced policy on ${table}`,
  foreign: (table: string) => `sql: other tenants' ${table}`,
  unset: (table: string) => `sql: ${table} with no tenant context`,
  empty: (table: string) => `sql: ${table} with an empty tenant context`,
  plant: (table: string) => `sql: insert into ${table} for another tenant`,
};

interface Look {
  probe: string;
  kind: 'probe' | 'control';
  outcome: 'ok' | 'violation' | 'undecided';
  detail: string;
}

/**
 * For a few tenants and every table of theirs: with the tenant's context no other tenant's row is visible (control: its own rows
 * are), without a context or with an empty one no row is, no row can be inserted for another tenant, and one policy is there, forced.
 * Nothing is changed: every transaction is rolled back. Throws when the database cannot be asked at all.
 */
export async function probeSql(system: System, manifest: Manifest): Promise<ProbeCount[]> {
  const { host, port, database, adminUser, adminPassword, appUser } = system.postgres;
  const client = new pg.Client({ host, port, database, user: adminUser, password: adminPassword });
  await client.connect();
  try {
    const looks = await lookAtPolicies(client);
    // From here on the statements have the rights of the application's role: policies apply to it, not to the superuser.
    await client.query(`set session authorization ${pg.escapeIdentifier(appUser)}`);
    const probed = chooseTenants(manifest.tenants);
    for (const table of PROTECTED_TABLES) {
      const insertable = await mayInsert(client, table);
      for (const [index, tenant] of probed.entries()) {
        looks.push(...(await lookWithContext(client, table, tenant)));
        const other = probed[(index + 1) % probed.length];
        if (insertable && other !== undefined && other !== tenant)
          looks.push(...(await tryToPlant(client, table, tenant, other)));
      }
      looks.push(await lookWithoutContext(client, table, null), await lookWithoutContext(client, table, ''));
    }
    return countLooks(looks);
  } finally {
    await client.end();
  }
}

/** The first, the middle and the last: sizes and tiers are shuffled over the index. */
function chooseTenants(tenants: readonly ManifestTenant[]): ManifestTenant[] {
  const last = tenants.length - 1;
  const places = Array.from({ length: TENANTS_PROBED }, (_, i) => Math.round((i * last) / (TENANTS_PROBED - 1)));
  return [...new Set(places)].flatMap((place) => tenants[place] ?? []);
}

async function lookAtPolicies(client: pg.Client): Promise<Look[]> {
  const { rows } = await client.query<{ name: string; forced: boolean; policies: number }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
            (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any($1)`,
    [PROTECTED_TABLES],
  );
  return PROTECTED_TABLES.map((table) => {
    const found = rows.find((row) => row.name === table);
    const good = found !== undefined && found.forced && found.policies === 1;
    const seen = found === undefined ? 'no such table' : `forced: ${found.forced}, policies: ${found.policies}`;
    return { probe: probeNames.policy(table), kind: 'probe', outcome: good ? 'ok' : 'violation', detail: seen };
  });
}

/** Runs an action in a transaction that is always rolled back, with app.tenant_id set as given (null: not set at all). */
async function inContext<T>(client: pg.Client, context: string | null, action: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    if (context !== null) await client.query("select set_config('app.tenant_id', $1, true)", [context]);
    return await action();
  } finally {
    await client.query('rollback');
  }
}

async function lookWithContext(client: pg.Client, table: string, tenant: ManifestTenant): Promise<Look[]> {
  const { own, foreign } = await inContext(client, tenant.id, async () => {
    const { rows } = await client.query<{ own: number; foreign: number }>(
      `select count(*) filter (where tenant_id = $1)::int as own, count(*) filter (where tenant_id is distinct from $1)::int as foreign
         from ${pg.escapeIdentifier(table)}`,
      [tenant.id],
    );
    return rows[0] ?? { own: 0, foreign: 0 };
  });
  // Seeing one's own rows is the control of every probe that is content with seeing nothing.
  const controlled = [
    probeNames.foreign(table),
    probeNames.unset(table),
    probeNames.empty(table),
    probeNames.policy(table),
  ];
  const outcome = own > 0 ? ('ok' as const) : ('violation' as const);
  const detail = `${tenant.slug} saw ${own} rows of its own`;
  return [
    {
      probe: probeNames.foreign(table),
      kind: 'probe',
      outcome: foreign === 0 ? 'ok' : 'violation',
      detail: `${tenant.slug} saw ${foreign} foreign rows`,
    },
    ...controlled.map((probe): Look => ({ probe, kind: 'control', outcome, detail })),
  ];
}

async function lookWithoutContext(client: pg.Client, table: string, context: '' | null): Promise<Look> {
  const visible = await inContext(client, context, async () => {
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${pg.escapeIdentifier(table)}`);
    return rows[0]?.n ?? 0;
  });
  return {
    probe: context === null ? probeNames.unset(table) : probeNames.empty(table),
    kind: 'probe',
    outcome: visible === 0 ? 'ok' : 'violation',
    detail: `${visible} rows visible`,
  };
}

/** Where the role has no right to insert, there is nothing for WITH CHECK to stop. */
async function mayInsert(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ granted: boolean }>("select has_table_privilege($1, 'insert') as granted", [
    table,
  ]);
  return rows[0]?.granted === true;
}

/**
 * A policy without WITH CHECK lets a tenant write rows that belong to another; a constraint that stops it later is no policy.
 * Control: the same row under its own id must pass the policy (a unique violation comes after the policy, so it passed).
 */
async function tryToPlant(client: pg.Client, table: string, from: ManifestTenant, to: ManifestTenant): Promise<Look[]> {
  const probe = probeNames.plant(table);
  const own = await insertCopy(client, table, from.id, from.id);
  const foreign = await insertCopy(client, table, from.id, to.id);
  const undecided = own === NOTHING_TO_COPY || foreign === NOTHING_TO_COPY;
  return [
    {
      probe,
      kind: 'probe',
      outcome: undecided ? 'undecided' : foreign === INSUFFICIENT_PRIVILEGE ? 'ok' : 'violation',
      detail: `${from.slug} → ${to.slug}: SQLSTATE ${foreign}`,
    },
    {
      probe,
      kind: 'control',
      outcome: undecided ? 'undecided' : own === INSUFFICIENT_PRIVILEGE ? 'violation' : 'ok',
      detail: `${from.slug} → itself: SQLSTATE ${own}`,
    },
  ];
}

/** Copies one visible row under a new id and the given tenant; returns the SQLSTATE. */
async function insertCopy(client: pg.Client, table: string, context: string, tenantId: string): Promise<string> {
  const name = pg.escapeIdentifier(table);
  const id = table === 'audit_events' ? `to_jsonb(${UNUSED_AUDIT_ID}::bigint)` : 'to_jsonb(gen_random_uuid())';
  return await inContext(client, context, async () => {
    try {
      const { rowCount } = await client.query(
        `insert into ${name} select (jsonb_populate_record(t, jsonb_build_object('tenant_id', $1::uuid, 'id', ${id}))).* from ${name} t limit 1`,
        [tenantId],
      );
      return rowCount === 0 ? NOTHING_TO_COPY : NO_ERROR;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      return error.code ?? 'unknown';
    }
  });
}

function countLooks(looks: readonly Look[]): ProbeCount[] {
  const counts = new Map<string, ProbeCount>();
  for (const { probe, kind, outcome, detail } of looks) {
    const key = `${kind} ${probe}`;
    const count = counts.get(key) ?? {
      claim: 'SEC-ISO',
      probe,
      kind,
      count: 0,
      violations: 0,
      undecided: 0,
      examples: [],
    };
    count.count += 1;
    if (outcome === 'undecided') count.undecided += 1;
    if (outcome === 'violation') {
      count.violations += 1;
      count.examples.push(detail);
    }
    counts.set(key, count);
  }
  return [...counts.values()];
}
