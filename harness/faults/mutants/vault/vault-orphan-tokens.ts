/** Tokens that outlive the service. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-orphan-tokens',
  layer: 'vault',
  title: 'tokens of tenants are orphans: they live on when the service’s own token is revoked',
  claim: 'SEC-ISO',
  guarantee: 'Whoever revokes the service’s token ends every token that it made.',
  seenIn:
    'HashiCorp Vault documentation, "Tokens", hierarchies and orphan tokens: only children are revoked with their parent.',
  coveredBy: 'service',
  apply: [{ method: 'POST', path: 'auth/token/roles/tenant', body: { orphan: true } }],
  revert: [{ method: 'POST', path: 'auth/token/roles/tenant', body: { orphan: false } }],
} satisfies Mutant;
