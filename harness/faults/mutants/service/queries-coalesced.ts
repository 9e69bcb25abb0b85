/** One answer for requests that come at once. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'queries-coalesced',
  layer: 'service',
  title:
    'queries that are under way are shared with whoever asks the same, and the tenant is no part of what is the same',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s rows are given to the request that read them.',
  seenIn:
    'CWE-488: request coalescing ("single flight") with a key that lacks who asks. It shows only where two ask at once, and so in no test that asks in turn.',
  replacements: [
    {
      file: 'database/database.ts',
      pattern: 'const batch = envelopes[mode](tenantId, queries.map(toConfig));',
      replacement: `const same = JSON.stringify(
        queries.map(({ statement, values }) => [statement.name, values.filter((value) => value !== tenantId)]),
      );
      const underWay = waiting.get(same);
      if (underWay !== undefined) return (await underWay) as RowsOf<Queries>;
      const batch = envelopes[mode](tenantId, queries.map(toConfig));`,
    },
    {
      file: 'database/database.ts',
      pattern: 'return (await run(batch, leadingResults[mode])) as RowsOf<Queries>;',
      replacement: `const running = run(batch, leadingResults[mode]).finally(() => waiting.delete(same));
      waiting.set(same, running);
      return (await running) as RowsOf<Queries>;`,
    },
    {
      file: 'database/database.ts',
      pattern: 'async function send(queries: pg.QueryConfig[])',
      replacement: `const waiting = new Map<string, Promise<object[][]>>();

  async function send(queries: pg.QueryConfig[])`,
    },
  ],
} satisfies Mutant;
