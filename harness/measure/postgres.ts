/**
 * Gathers what Postgres tells of a block: the roles that were used, row security, statements, cache, commits and locks.
 */
import type { Client } from 'pg';
import type { Measurement } from '../model/measurement.ts';
import type { Progress } from '../model/progress.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import type { Gatherer } from './gatherer.ts';
import { armDatabases } from './arm-databases.ts';
import {
  type Statement,
  type StatementCounts,
  countStatements,
  enableStatements,
  readStatements,
} from './postgres-statements.ts';
import { type SecurityFacts, mergeSecurityFacts, readEveryDatabase } from './postgres-security.ts';

type PostgresFacts = Extract<Measurement['artefacts']['postgres'], { ok: true }>['value'];

interface DatabaseCounters {
  commits: number;
  rollbacks: number;
  deadlocks: number;
  blocksHit: number;
  blocksRead: number;
}

/**
 * Reads as the superuser, over connections of its own; counters are the sums over the databases that arms use. Roles and row security are read before and after the block.
 */
export function postgresGatherer(
  system: System,
  services: ServiceInstance[],
  progress: Progress,
): Gatherer<PostgresFacts> {
  const databases = armDatabases(system, services);
  const { server, each } = databases;
  const names = each.map(({ name }) => name);
  /** null where statements are not counted. */
  let counted: StatementCounts | null = null;
  let before: SecurityFacts | null = null;
  let start: DatabaseCounters | null = null;
  let end: DatabaseCounters | null = null;
  let statements: Statement[] = [];
  let lockWaits = 0;
  let maxBackends = 0;

  return {
    open: async () => {
      await databases.connect();
      before = await readEveryDatabase(each, services);
      if (await enableStatements(server, progress)) counted = new Map();
    },
    windowStarts: async () => {
      if (counted !== null) counted = await countStatements(server, each);
      start = await readCounters(server, names);
    },
    everySecond: async () => {
      const seen = await lookAtBackends(server, names);
      lockWaits += seen.waiting;
      maxBackends = Math.max(maxBackends, seen.backends);
    },
    windowEnds: async () => {
      end = await readCounters(server, names);
      if (counted === null) return;
      statements = await readStatements(server, each, { reader: system.postgres.adminUser, since: counted });
    },
    read: async () => {
      if (before === null || start === null || end === null) throw new Error('no reading at the ends of the window');
      const security = mergeSecurityFacts(before, await readEveryDatabase(each, services));
      return { ...security, statements, ...changeBetween(start, end), lockWaits, maxBackends };
    },
    close: () => databases.end(),
  };
}

/**
 * pg_stat_database since it was last reset; each backend reports at most once a second, so the ends are that blurred.
 */
async function readCounters(client: Client, databases: string[]): Promise<DatabaseCounters> {
  const { rows } = await client.query<Record<keyof DatabaseCounters, string | null>>(
    `select sum(xact_commit) as commits, sum(xact_rollback) as rollbacks, sum(deadlocks) as deadlocks,
            sum(blks_hit) as "blocksHit", sum(blks_read) as "blocksRead"
       from pg_stat_database where datname = any ($1)`,
    [databases],
  );
  const row = rows[0];
  if (row === undefined || row.commits === null)
    throw new Error(`pg_stat_database has no row for ${databases.join(', ')}`);
  return {
    commits: Number(row.commits),
    rollbacks: Number(row.rollbacks),
    deadlocks: Number(row.deadlocks),
    blocksHit: Number(row.blocksHit),
    blocksRead: Number(row.blocksRead),
  };
}

function changeBetween(
  start: DatabaseCounters,
  end: DatabaseCounters,
): Pick<PostgresFacts, 'cacheHitShare' | 'commits' | 'rollbacks' | 'deadlocks'> {
  const hit = end.blocksHit - start.blocksHit;
  const read = end.blocksRead - start.blocksRead;
  return {
    cacheHitShare: hit + read > 0 ? hit / (hit + read) : null,
    commits: end.commits - start.commits,
    rollbacks: end.rollbacks - start.rollbacks,
    deadlocks: end.deadlocks - start.deadlocks,
  };
}

async function lookAtBackends(client: Client, databases: string[]): Promise<{ backends: number; waiting: number }> {
  const { rows } = await client.query<{ backends: string; waiting: string }>(
    `select count(*) as backends, count(*) filter (where wait_event_type = 'Lock') as waiting
       from pg_stat_activity where backend_type = 'client backend' and datname = any ($1)`,
    [databases],
  );
  return { backends: Number(rows[0]?.backends), waiting: Number(rows[0]?.waiting) };
}
