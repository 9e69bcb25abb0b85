/** The only way to the data: queries run as a tenant, in the mode that the service was started in. */
import type pg from 'pg';
import type { Configuration } from '../configuration/configuration.ts';
import { databaseFailure } from './database-failure.ts';
import { isExhausted } from './pool.ts';
import { sendPipelined } from './send-pipelined.ts';
import type { Query } from './statement.ts';

type RowsOf<Queries extends readonly Query<object>[]> = {
  -readonly [Index in keyof Queries]: Queries[Index] extends Query<infer Row> ? Row[] : never;
};

export interface Database {
  /** Runs the queries for one tenant, in one round trip and (but for the bare arm) one transaction; rows per query. */
  asTenant<const Queries extends readonly Query<object>[]>(
    tenantId: string,
    ...queries: Queries
  ): Promise<RowsOf<Queries>>;
  /** Runs a query on data that no tenant owns: instruments, prices, the list of tenants. */
  shared<Row extends object>(query: Query<Row>): Promise<Row[]>;
}

const begin: pg.QueryConfig = { text: 'BEGIN' };
// After a failure in between, the server turns this COMMIT into a ROLLBACK: no further round trip is needed.
const commit: pg.QueryConfig = { text: 'COMMIT' };

/** Transaction-local: it ends with the transaction, so a pooled connection never remembers a tenant. */
function tenantContext(tenantId: string): pg.QueryConfig {
  return { name: 'tenant-context', text: `select set_config('app.tenant_id', $1, true)`, values: [tenantId] };
}

/** What surrounds the queries in each mode (the arms of the experiment); every query filters by tenant itself as well. */
const envelopes: Record<Configuration['RLS_MODE'], (tenantId: string, queries: pg.QueryConfig[]) => pg.QueryConfig[]> =
  {
    rls: (tenantId, queries) => [begin, tenantContext(tenantId), ...queries, commit],
    filter: (_tenantId, queries) => [begin, ...queries, commit],
    bare: (_tenantId, queries) => queries,
  };

/** Results that precede the queries' own, per mode. */
const leadingResults: Record<Configuration['RLS_MODE'], number> = { rls: 2, filter: 1, bare: 0 };

export interface DatabaseOptions {
  mode: Configuration['RLS_MODE'];
  prepared: boolean;
  /** Called for each request that has to wait for a connection. */
  onWait: () => void;
}

export function createDatabase(pool: pg.Pool, { mode, prepared, onWait }: DatabaseOptions): Database {
  const toConfig = ({ statement, values }: Query<object>): pg.QueryConfig => ({
    ...(prepared ? { name: statement.name } : {}),
    text: statement.text,
    values,
  });

  async function send(queries: pg.QueryConfig[]): Promise<pg.QueryResult<object>[]> {
    if (isExhausted(pool)) onWait();
    const client = await pool.connect();
    try {
      return await sendPipelined(client, queries);
    } finally {
      // Anything but an idle session is in doubt (its COMMIT got no answer): destroyed, not reused.
      client.release(client.getTransactionStatus() !== 'I');
    }
  }

  async function run(queries: pg.QueryConfig[], skip: number): Promise<object[][]> {
    try {
      const results = await send(queries);
      return results.slice(skip, skip + queries.length).map((result) => result.rows);
    } catch (error) {
      throw databaseFailure(error);
    }
  }

  return {
    async asTenant<const Queries extends readonly Query<object>[]>(tenantId: string, ...queries: Queries) {
      const batch = envelopes[mode](tenantId, queries.map(toConfig));
      return (await run(batch, leadingResults[mode])) as RowsOf<Queries>;
    },
    async shared<Row extends object>(query: Query<Row>) {
      const [rows] = await run([toConfig(query)], 0);
      return (rows ?? []) as Row[];
    },
  };
}
