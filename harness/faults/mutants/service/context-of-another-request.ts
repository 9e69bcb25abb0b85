/** The context of the request before. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'context-of-another-request',
  layer: 'service',
  title: 'the tenant’s context is set from a variable of the process, which still holds that of the request before',
  claim: 'SEC-ISO',
  guarantee: 'A transaction runs in the context of the request that it serves.',
  seenIn:
    'CWE-488, exposure of a data element to the wrong session; CWE-362: a tenant in a global of the process, written by one request and read by the next, as in tenant libraries that keep it outside of the request.',
  mustBeSeenBy: ['pool'],
  replacements: [
    {
      file: 'database/database.ts',
      pattern: 'rls: (tenantId, queries) => [begin, tenantContext(tenantId), ...queries, commit]',
      replacement: `rls: (tenantId, queries) => {
      const before = latest.tenantId;
      latest.tenantId = tenantId;
      return [begin, tenantContext(before), ...queries, commit];
    }`,
    },
    {
      file: 'database/database.ts',
      pattern: '/** Results that precede',
      replacement: "const latest = { tenantId: '' };\n\n/** Results that precede",
    },
  ],
} satisfies Mutant;
