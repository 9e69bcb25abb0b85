/** A policy of everything, for the service. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-service-superuser',
  layer: 'vault',
  title: 'the service’s policy in Vault is path "*" with every capability, sudo among them',
  claim: 'SEC-ISO',
  guarantee: 'The service may do in Vault what it needs, and reads a tenant’s secret with that tenant’s token alone.',
  seenIn:
    'An application that runs with the rights of whoever set it up: HashiCorp’s guidance on production hardening asks for the least that is needed, and for no root token in use. CWE-250 and CWE-441.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/alphapulse',
      body: {
        policy: 'path "*" { capabilities = ["create", "read", "update", "patch", "delete", "list", "sudo"] }',
      },
    },
  ],
  revert: [{ method: 'POST', path: 'sys/policies/acl/alphapulse', body: { policy: '{{file:vault/service.hcl}}' } }],
} satisfies Mutant;
