/** The tenant set for the session, and one statement that forgets to set it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'session-context',
  layer: 'service',
  title: 'the tenant is set for the connection, not for the transaction, and the list of strategies forgets to set one',
  claim: 'SEC-ISO',
  guarantee: 'The tenant ends with its transaction: a pooled connection never remembers one.',
  seenIn:
    'PostgreSQL documentation, SET and set_config: without LOCAL the value lasts for the session. PgBouncer’s list of features names SET as what does not work with transaction pooling, for that reason.',
  mustBeSeenBy: ['api', 'pool'],
  replacements: [
    {
      file: 'database/database.ts',
      pattern: `set_config('app.tenant_id', $1, true)`,
      replacement: `set_config('app.tenant_id', $1, false)`,
    },
    {
      file: 'queries/strategies.ts',
      pattern: `created_at as "createdAt" from strategies\`,
  tenantColumn: 'tenant_id',`,
      replacement: `created_at as "createdAt" from strategies\`,
  tenantColumn: '$1::uuid',`,
    },
    {
      file: 'routes/register-strategies.ts',
      pattern: 'const [rows] = await database.asTenant(tenantId, listStrategies(tenantId, request.query));',
      replacement: 'const rows = await database.shared(listStrategies(tenantId, request.query));',
    },
  ],
} satisfies Mutant;
