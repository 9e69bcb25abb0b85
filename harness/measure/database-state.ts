/** Gathers the state of the database that must be alike in every block and arm: connections, checkpoints, vacuum, settings, data. */
import type { Client } from 'pg';
import type { DatabaseState, TableWrites } from '../model/guarded-facts.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { type ArmDatabase, armDatabases } from './arm-databases.ts';
import type { Gatherer } from './gatherer.ts';

interface Checkpoints {
  requested: number;
  timed: number;
}

interface Backends {
  others: number;
  /** Databases in which an autovacuum worker is. */
  vacuumed: string[];
}

/** Reads as the superuser over connections of its own: catalogues and counters only, no row of a table but those of `tenants`. */
export function databaseStateGatherer(system: System, services: readonly ServiceInstance[]): Gatherer<DatabaseState> {
  const databases = armDatabases(system, services);
  const { server, each } = databases;
  const ofServices = [system.postgres.appUser, system.postgres.exemptUser];
  let before: { checkpoints: Checkpoints; tables: TableWrites[] } | null = null;
  let looks = 0;
  let autovacuumLooks = 0;
  const looksByDatabase = new Map<string, number>();
  let otherConnections = 0;
  const look = async (): Promise<void> => {
    const { others, vacuumed } = await lookAtBackends(server, ofServices);
    looks += 1;
    if (vacuumed.length > 0) autovacuumLooks += 1;
    for (const name of vacuumed) looksByDatabase.set(name, (looksByDatabase.get(name) ?? 0) + 1);
    otherConnections = Math.max(otherConnections, others);
  };
  return {
    open: async () => {
      await databases.connect();
      before = { checkpoints: await readCheckpoints(server), tables: await readEveryTable(each) };
    },
    windowStarts: look,
    everySecond: look,
    windowEnds: look,
    read: async () => {
      if (before === null) throw new Error('nothing was read before the block');
      const checkpoints = await readCheckpoints(server);
      return {
        connectionBudget: await readConnectionBudget(server),
        otherConnections,
        checkpointsRequested: checkpoints.requested - before.checkpoints.requested,
        checkpointsTimed: checkpoints.timed - before.checkpoints.timed,
        looks,
        autovacuumLooks,
        ...(await readArmDatabases(each, looksByDatabase)),
        before: before.tables,
        after: await readEveryTable(each),
      };
    },
    close: () => databases.end(),
  };
}

async function queryOne<Row extends object>(client: Client, sql: string, values: unknown[] = []): Promise<Row> {
  const { rows } = await client.query<Row>(sql, values);
  const [row] = rows;
  if (row === undefined) throw new Error(`no row from: ${sql}`);
  return row;
}

/** Since Postgres 17; a checkpoint that was asked for counts when all is written. */
function readCheckpoints(client: Client): Promise<Checkpoints> {
  return queryOne(client, 'select num_requested::int as requested, num_timed::int as timed from pg_stat_checkpointer');
}

async function readConnectionBudget(client: Client): Promise<number> {
  const { budget } = await queryOne<{ budget: number }>(
    client,
    `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - current_setting('reserved_connections')::int as budget`,
  );
  return budget;
}

function lookAtBackends(client: Client, ofServices: string[]): Promise<Backends> {
  return queryOne(
    client,
    `select count(*) filter (where backend_type = 'client backend' and usename <> all ($1))::int as others,
            coalesce(array_agg(distinct coalesce(datname, '')::text) filter (where backend_type = 'autovacuum worker'), '{}')
              as vacuumed
       from pg_stat_activity`,
    [ofServices],
  );
}

type DatabaseSettings = Pick<DatabaseState, 'roleSettings' | 'tenants' | 'ownDatabases'>;

async function readArmDatabases(
  databases: readonly ArmDatabase[],
  autovacuumLooks: ReadonlyMap<string, number>,
): Promise<DatabaseSettings> {
  const states = await Promise.all(
    databases.map(async ({ name, own, arms, client }) => ({
      own,
      state: {
        ...{ database: name, arms },
        tenants: await countTenants(client),
        roleSettings: await readRoleSettings(client),
        settings: await readSettings(client),
        autovacuumLooks: autovacuumLooks.get(name) ?? 0,
      },
    })),
  );
  const [first] = states;
  if (first === undefined) throw new Error('no service has a database');
  const { roleSettings, tenants } = first.state;
  const ownDatabases = states.flatMap(({ own, state }) => (own === undefined ? [] : [state]));
  return { roleSettings, tenants, ...(ownDatabases.length === 0 ? {} : { ownDatabases }) };
}

/** Without time limits of statements and sessions: they change no plan. */
async function readRoleSettings(client: Client): Promise<DatabaseState['roleSettings']> {
  const { rows } = await client.query<{ user: string; settings: string }>(
    `select r.rolname as "user",
            coalesce((select string_agg(distinct one, ', ' order by one)
                        from pg_db_role_setting s, unnest(s.setconfig) as one
                       where s.setrole = r.oid and s.setdatabase in (0, d.oid) and one !~ '^[a-z_]*_timeout='), '') as settings
       from pg_roles r, pg_database d
      where d.datname = current_database() and r.rolcanlogin and not r.rolsuper order by 1`,
  );
  return rows;
}

/** What `alter database … set` and storage parameters of tables say, sorted: autovacuum and the planner go by them. */
async function readSettings(client: Client): Promise<string> {
  const { settings } = await queryOne<{ settings: string }>(
    client,
    `select coalesce(string_agg(one, ', ' order by one), '') as settings from (
       select unnest(s.setconfig) as one from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
        where d.datname = current_database() and s.setrole = 0
       union all
       select format('%s(%s)', c.relname, option) from pg_class c, unnest(c.reloptions) as option
        where c.relnamespace = 'public'::regnamespace) as every`,
  );
  return settings;
}

async function countTenants(client: Client): Promise<number> {
  const { tenants } = await queryOne<{ tenants: number }>(client, 'select count(*)::int as tenants from tenants');
  return tenants;
}

async function readEveryTable(databases: readonly ArmDatabase[]): Promise<TableWrites[]> {
  const tables = await Promise.all(
    databases.map(async ({ client, own }) =>
      (await readTableWrites(client)).map((table) => (own === undefined ? table : { ...table, database: own })),
    ),
  );
  return tables.flat();
}

/**
 * Counters instead of checksums: they cost nothing however large the tables are. A backend reports its own when it has been idle for a
 * while, at most ten seconds: a write in the last moments of a block shows in the next one.
 */
async function readTableWrites(client: Client): Promise<TableWrites[]> {
  const { rows } = await client.query<{ name: string; filenode: string; writes: string }>(
    `select c.relname as name, c.relfilenode::text as filenode,
            coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0) as writes
       from pg_class c left join pg_stat_all_tables s on s.relid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  );
  return rows.map(({ name, filenode, writes }) => ({ name, filenode, writes: Number(writes) }));
}
