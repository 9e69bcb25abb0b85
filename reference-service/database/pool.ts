/** The pool of pipelined connections to Postgres. */
import pg from 'pg';
import type { FastifyBaseLogger } from 'fastify';
import type { Configuration } from '../configuration/configuration.ts';
import { columnTypes } from './column-types.ts';

/** How long a request may wait for a free connection before it is told that the database is busy. */
const checkoutTimeoutMs = 5000;
/** Above the roles' statement_timeout of 15 s: only a connection that no longer answers at all gets here. */
const silenceTimeoutMs = 20_000;

export function createPool(configuration: Configuration, log: FastifyBaseLogger): pg.Pool {
  const pool = new pg.Pool({
    host: configuration.DATABASE_HOST,
    port: configuration.DATABASE_PORT,
    database: configuration.DATABASE_NAME,
    user: configuration.DATABASE_USER,
    password: configuration.databasePassword,
    max: configuration.DATABASE_POOL_MAX,
    application_name: `alphapulse-${configuration.RLS_MODE}`,
    options: '-c timezone=UTC',
    pipeline: true,
    types: columnTypes,
    keepAlive: true,
    connectionTimeoutMillis: checkoutTimeoutMs,
    query_timeout: silenceTimeoutMs,
    idleTimeoutMillis: 60_000,
  });
  // A connection that breaks while a request holds it emits here too; its queries fail with the same error.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
  });
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'));
  return pool;
}

/** Whether who asks now waits until a connection is given back: all that are idle, or may be opened, have their takers already. */
export function isExhausted(pool: pg.Pool): boolean {
  return pool.waitingCount >= pool.idleCount + pool.options.max - pool.totalCount;
}
