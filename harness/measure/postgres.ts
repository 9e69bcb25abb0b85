/**
 * Gathers what Postgres tells of a block: the roles that were used, row security, statements, cache, commits and locks.
 */
import type { Client } from 'pg';
import type { Measurement } from '../model/measurement.ts';
import type { Progress } from '../model/progress.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import type { Gatherer } from './gatherer.ts';
import { adminClient } from './postgres-client.ts';
import { type Statement, readStatements, resetStatements } from './postgres-statements.ts';
import { type SecurityFacts, mergeSecurityFacts, readSecurityFacts } from './postgres-security.ts';

type PostgresFacts = Extract<Measurement['artefacts']['postgres'], { ok: true }>['value'];

interface DatabaseCounters {
  commits: number;
  rollbacks: number;
  deadlocks: number;
  blocksHit: number;
  blocksRead: number;
}

/**
 * Reads as the superuser, over one connection of its own. Roles and row security are read before and after the block.
 */
export function postgresGatherer(
  system: System,
  services: ServiceInstance[],
  progress: Progress,
): Gatherer<PostgresFacts> {
  const client = adminClient(system);
  let before: SecurityFacts | null = null;
  let start: DatabaseCounters | null = null;
  let end: DatabaseCounters | null = null;
  let statements: Statement[] = [];
  let lockWaits = 0;
  let maxBackends = 0;

  return {
    open: async () => {
      await client.connect();
      before = await readSecurityFacts(client, services);
    },
    windowStarts: async () => {
      await resetStatements(client, progress);
      start = await readCounters(client);
    },
    everySecond: async () => {
      const seen = await lookAtBackends(client);
      lockWaits += seen.waiting;
      maxBackends = Math.max(maxBackends, seen.backends);
    },
    windowEnds: async () => {
      end = await readCounters(client);
      statements = await readStatements(client, system.postgres.adminUser);
    },
    read: async () => {
      if (before === null || start === null || end === null) throw new Error('no reading at the ends of the window');
      const security = mergeSecurityFacts(before, await readSecurityFacts(client, services));
      return { ...security, statements, ...changeBetween(start, end), lockWaits, maxBackends };
    },
    close: () => client.end(),
  };
}

/**
 * pg_stat_database since it was last reset; each backend reports at most once a second, so the ends are that blurred.
 */
async function readCounters(client: Client): Promise<DatabaseCounters> {
  const { rows } = await client.query<Record<keyof DatabaseCounters, string>>(
    `select xact_commit as commits, xact_rollback as rollbacks, deadlocks, blks_hit as "blocksHit", blks_read as "blocksRead"
       from pg_stat_database where datname = current_database()`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('pg_stat_database has no row for this database');
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

async function lookAtBackends(client: Client): Promise<{ backends: number; waiting: number }> {
  const { rows } = await client.query<{ backends: string; waiting: string }>(
    `select count(*) as backends, count(*) filter (where wait_event_type = 'Lock') as waiting
       from pg_stat_activity where backend_type = 'client backend' and datname = current_database()`,
  );
  return { backends: Number(rows[0]?.backends), waiting: Number(rows[0]?.waiting) };
}
