/** Tokens that outlive their time. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-periodic-tokens',
  layer: 'vault',
  title: 'tokens of tenants are periodic: they live a day, however short a time was asked for, and for ever if renewed',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s token ends when its time is over.',
  seenIn:
    'HashiCorp Vault documentation, "Tokens", periodic tokens: the period takes the place of the time that was asked for, and there is no longest life. CWE-613, insufficient session expiration.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'auth/token/roles/tenant',
      body: { token_period: '24h', token_explicit_max_ttl: '0s', renewable: true },
    },
  ],
  revert: [
    {
      method: 'POST',
      path: 'auth/token/roles/tenant',
      body: { token_period: '0s', token_explicit_max_ttl: '1h', renewable: false },
    },
  ],
} satisfies Mutant;
