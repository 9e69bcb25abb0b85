/**
 * Loads the database over several connections, all or nothing.
 *
 * 1. One transaction empties the tables.
 * 2. Every connection copies whole tenants in one transaction of its own (the first one also the shared tables), and
 *    none commits before all have copied everything: whatever goes wrong until then, even `kill -9`, the server rolls
 *    back and the tables stay empty.
 * 3. Counts and foreign keys are verified; a failure from here on empties the tables again.
 */
import type { Client } from 'pg';
import type { GeneratedBatch } from '../generation/generate-batch.ts';
import type { MarketText } from '../market/market-text.ts';
import { asSeedError, messageOf, SeedError } from '../seed-error.ts';
import { sharedTableNames, tableNames } from '../text/tables.ts';
import type { Table } from '../text/tables.ts';
import { checkSchema } from './check-schema.ts';
import { codeOf, connect, connectionProblem, withoutPassword } from './connect.ts';
import { copyTable } from './copy-table.ts';
import { listForeignKeys, verifyCounts, verifyForeignKey } from './verify-load.ts';

/** Any number will do, as long as every seeder uses the same: "seed" in ASCII. */
const ADVISORY_LOCK = 0x73656564;
/** TRUNCATE waits for transactions of a running service, but not for ever. */
const LOCK_TIMEOUT = '20s';
const LOCK_NOT_AVAILABLE = '55P03';

export interface LoadRequest {
  databaseUrl: string;
  connections: number;
  market: MarketText;
  batches: AsyncGenerator<GeneratedBatch, void, void>;
  /** Complete once all batches are through. */
  expectedRows: Readonly<Record<Table, number>>;
  signal: AbortSignal;
  onRows: (rows: number) => void;
  onStep: (message: string) => void;
  /** Called when the old data is as good as gone: once every lock is held, before the commit. */
  onReplace: () => Promise<void>;
}

export async function loadDatabase(request: LoadRequest): Promise<void> {
  const clients: Client[] = [];
  try {
    const control = await connect(request.databaseUrl);
    clients.push(control);
    await checkSchema(control);
    await lock(control);
    for (let number = 0; number < request.connections; number += 1) clients.push(await connect(request.databaseUrl));
    await replaceData(request, control, clients.slice(1));
  } catch (error) {
    if (request.signal.aborted && !(error instanceof SeedError)) throw request.signal.reason;
    throw asDatabaseError(error, request.databaseUrl);
  } finally {
    await Promise.allSettled(clients.map((client) => client.end()));
  }
}

async function replaceData(request: LoadRequest, control: Client, loaders: readonly Client[]): Promise<void> {
  await emptyTables(control, request.onReplace);
  try {
    await copyEverything(request, loaders);
    request.onStep('verifying and analysing');
    await finishTables(request, [control, ...loaders]);
    request.signal.throwIfAborted();
  } catch (error) {
    await Promise.allSettled(loaders.map((client) => client.query('rollback')));
    await emptyAfterFailure(request, error);
    throw error;
  }
}

/** In one statement, so that foreign keys among the tables do not matter. */
async function emptyTables(client: Client, onEmptied?: () => Promise<void>): Promise<void> {
  await client.query('begin');
  await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
  await client.query(`truncate ${tableNames.join(', ')} restart identity`);
  await onEmptied?.();
  await client.query('commit');
}

async function copyEverything(request: LoadRequest, loaders: readonly Client[]): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([request.signal, failure.signal]);
  const stoppable = { ...request, signal };
  // The first to fail stops the others; what they then throw says nothing new.
  const outcomes = loaders.map(async (client, number) => {
    try {
      await client.query('begin');
      // A trigger a row and key would take longer than the COPY; verifyForeignKey asks once for all rows.
      await client.query('set local session_replication_role = replica');
      if (number === 0) await copyShared(stoppable, client);
      await copyBatches(stoppable, client);
    } catch (error) {
      failure.abort(connectionProblem(client) ?? error);
    }
  });
  await Promise.all(outcomes);
  signal.throwIfAborted();
  for (const client of loaders) await client.query('commit');
}

async function copyShared({ market, signal, onRows }: LoadRequest, client: Client): Promise<void> {
  for (const table of sharedTableNames) {
    const { text, rows } = market.tables[table];
    await copyTable(client, { table, bytes: Buffer.from(text), rows, signal });
    onRows(rows);
  }
}

/** Takes batches until there are none; leaves the transaction open. */
async function copyBatches({ batches, signal, onRows }: LoadRequest, client: Client): Promise<void> {
  for (;;) {
    const next = await batches.next();
    signal.throwIfAborted();
    if (next.done === true) return;
    for (const { table, bytes, rows } of next.value.tables) {
      await copyTable(client, { table, bytes, rows, signal });
      onRows(rows);
    }
  }
}

/** Verification and statistics, divided among the connections. VACUUM also spares the first readers the hint bits. */
async function finishTables(request: LoadRequest, clients: readonly Client[]): Promise<void> {
  const [control] = clients;
  if (control === undefined) return;
  const sequence = "pg_get_serial_sequence('audit_events', 'id')";
  await control.query(`select setval(${sequence}, greatest(1, (select max(id) from audit_events)))`);
  const each = { clients, signal: request.signal };
  await share({ ...each, work: tableNames, run: (client, table) => client.query(`vacuum (analyze) ${table}`) });
  await verifyCounts(control, request.expectedRows);
  await share({ ...each, work: await listForeignKeys(control), run: verifyForeignKey });
}

interface SharedWork<T> {
  clients: readonly Client[];
  work: readonly T[];
  run: (client: Client, item: T) => Promise<unknown>;
  signal: AbortSignal;
}

/** Every client takes the next piece of work when it has done one. */
async function share<T>({ clients, work, run, signal }: SharedWork<T>): Promise<void> {
  const items = work.values();
  await Promise.all(
    clients.map(async (client) => {
      for (const item of items) {
        signal.throwIfAborted();
        await run(client, item);
      }
    }),
  );
}

async function lock(client: Client): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [ADVISORY_LOCK]);
  if (rows[0]?.taken === true) return;
  throw new SeedError('unavailable', 'another seeder is loading this database', {
    hint: 'Wait until it has finished.',
  });
}

/** On a connection of its own: the others may be what failed. */
async function emptyAfterFailure({ databaseUrl }: LoadRequest, cause: unknown): Promise<void> {
  let client: Client | undefined;
  try {
    client = await connect(databaseUrl);
    await emptyTables(client);
  } catch (error) {
    throw new SeedError(
      'unavailable',
      `the load failed (${messageOf(cause)}), and so did emptying the tables: ${messageOf(error)}`,
      {
        hint: 'Load again before the database is used: it may hold a part of the data.',
        cause,
      },
    );
  } finally {
    await client?.end();
  }
}

function asDatabaseError(error: unknown, databaseUrl: string): SeedError {
  if (error instanceof SeedError) return error;
  const message = messageOf(error);
  const code = codeOf(error);
  // Errors of the pg client about its connection carry no code.
  if (code === '' && !/^(Connection|Client) /.test(message)) return asSeedError(error);
  return new SeedError('unavailable', `${withoutPassword(databaseUrl)}: ${message}${code === '' ? '' : ` (${code})`}`, {
    hint:
      code === LOCK_NOT_AVAILABLE
        ? 'Something holds a transaction open on these tables: stop the service, or wait.'
        : 'The tables are empty; see the server log, then load again.',
    cause: error,
  });
}
