/** The service’s own token on tenants’ secrets. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-service-reads-tenants',
  layer: 'vault',
  title: 'the service’s own token in Vault reads every tenant’s secrets, without a token of theirs',
  claim: 'SEC-ISO',
  guarantee: 'The service reads a tenant’s secret with that tenant’s token alone.',
  seenIn:
    'CWE-441, the confused deputy: one credential that may do for all what each request should be able to do for one. A mistake in the path is then a leak.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/alphapulse',
      body: {
        policy: ['{{file:vault/service.hcl}}', 'path "kv/data/tenants/*" { capabilities = ["read"] }'].join('\n'),
      },
    },
  ],
  revert: [{ method: 'POST', path: 'sys/policies/acl/alphapulse', body: { policy: '{{file:vault/service.hcl}}' } }],
} satisfies Mutant;
