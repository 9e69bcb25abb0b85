/** The right to preset the tenant. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-parameter-granted',
  layer: 'postgres',
  title:
    'the application may preset its own role’s tenant: one ALTER ROLE, and every new connection begins as that one',
  claim: 'SEC-ISO',
  guarantee: 'A session has no tenant until a request sets one.',
  seenIn:
    'PostgreSQL 15 and later, GRANT SET ON PARAMETER: whoever has it may preset the setting by ALTER ROLE for his own role, which outlives his transaction and his connection. CWE-1188, initialization with an insecure default.',
  coveredBy: 'service',
  apply: ['grant set on parameter app.tenant_id to alphapulse_app'],
  revert: ['revoke set on parameter app.tenant_id from alphapulse_app'],
} satisfies Mutant;
