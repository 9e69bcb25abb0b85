/** A policy of everything, for tenants. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-tenant-superuser',
  layer: 'vault',
  title: 'each tenant’s policy in Vault is path "*" with every capability, sudo among them',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s token opens that tenant’s path alone.',
  seenIn:
    'The policy that first set-ups begin with so that nothing is refused, and keep. HashiCorp Vault documentation, "Policies": sudo gives the paths that are otherwise for root. CWE-250, execution with unnecessary privileges.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: 'path "*" { capabilities = ["create", "read", "update", "patch", "delete", "list", "sudo"] }',
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
