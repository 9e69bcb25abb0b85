/** Tokens that cannot be taken back. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-batch-tokens',
  layer: 'vault',
  title: 'tokens of tenants are batch tokens: cheaper to make, and nobody can revoke one before its time',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s token ends when it is revoked.',
  seenIn:
    'HashiCorp Vault documentation, "Tokens", batch tokens: they are not stored, have no accessor and cannot be revoked by themselves; a role gives them out only as orphans, and without a longest life. CWE-613, insufficient session expiration; switched on for throughput.',
  coveredBy: 'service',
  mustBeSeenBy: ['vault'],
  apply: [
    {
      method: 'POST',
      path: 'auth/token/roles/tenant',
      body: { token_type: 'batch', orphan: true, token_explicit_max_ttl: '0' },
    },
  ],
  revert: [
    {
      method: 'POST',
      path: 'auth/token/roles/tenant',
      body: { token_type: 'service', orphan: false, token_explicit_max_ttl: '1h' },
    },
  ],
} satisfies Mutant;
