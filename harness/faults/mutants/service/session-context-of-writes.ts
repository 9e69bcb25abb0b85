/** The tenant set for the session, by some of the ways to the data. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'session-context-of-writes',
  layer: 'service',
  title: 'transactions that change something set the tenant for the connection, which keeps it; those that read do not',
  claim: 'SEC-ISO',
  guarantee: 'The tenant ends with its transaction, by every way to the data.',
  seenIn:
    'PostgreSQL documentation, SET and set_config: without LOCAL the value lasts for the session. A service with two ways to its data (a pool for reading, an older one for writing) sets it in two ways, and a test of one of them sees the other half only.',
  coveredBy: 'service',
  mustBeSeenBy: ['pool'],
  replacements: [
    {
      file: 'database/database.ts',
      pattern: 'rls: (tenantId, queries) => [begin, tenantContext(tenantId), ...queries, commit],',
      replacement: `rls: (tenantId, queries) => {
      const { text, values } = tenantContext(tenantId);
      const writes = queries.some((query) => /^\\s*(insert|update|with)/i.test(query.text));
      const lasting = { text: text.replace('true', 'false'), values };
      return [begin, writes ? lasting : tenantContext(tenantId), ...queries, commit];
    },`,
    },
  ],
} satisfies Mutant;
