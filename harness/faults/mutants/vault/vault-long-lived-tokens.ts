/** Tokens that do not end. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-long-lived-tokens',
  layer: 'vault',
  title: 'tokens of tenants live as long as is asked for, a month and more, and can be renewed',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s token ends after an hour.',
  seenIn:
    'HashiCorp Vault documentation, "Tokens", explicit max TTLs: without one a token lives up to the maximum of the system, 32 days. CWE-613, insufficient session expiration.',
  coveredBy: 'service',
  apply: [
    { method: 'POST', path: 'auth/token/roles/tenant', body: { token_explicit_max_ttl: '768h', renewable: true } },
  ],
  revert: [
    { method: 'POST', path: 'auth/token/roles/tenant', body: { token_explicit_max_ttl: '1h', renewable: false } },
  ],
} satisfies Mutant;
