/** Sends several queries over one connection without waiting in between: one round trip for all. */
import type pg from 'pg';

/**
 * Resolves with a result per query, or rejects with the first failure once all are answered, so that the connection
 * carries nothing of this batch any more. The queries of an aborted transaction fail too; the first tells why.
 */
export function sendPipelined(client: pg.PoolClient, queries: pg.QueryConfig[]): Promise<pg.QueryResult<object>[]> {
  return new Promise((resolve, reject) => {
    const results: pg.QueryResult<object>[] = [];
    let unanswered = queries.length;
    let failure: Error | null = null;
    const settle = (error: Error | null, result: pg.QueryResult<object>) => {
      if (error === null) results.push(result);
      else failure ??= error;
      unanswered -= 1;
      if (unanswered > 0) return;
      if (failure === null) resolve(results);
      else reject(failure);
    };
    // Corked, the whole batch leaves in one write instead of one a query.
    client.connection.stream.cork();
    for (const query of queries) client.query<object>(query, settle);
    client.connection.stream.uncork();
  });
}
