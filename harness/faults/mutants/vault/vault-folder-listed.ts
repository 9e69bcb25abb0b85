/** The list of tenants. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-folder-listed',
  layer: 'vault',
  title: 'each tenant’s policy in Vault lists the folder of all tenants and what they keep',
  claim: 'SEC-ISO',
  guarantee: 'Who else is a customer, and what they keep, is nobody’s business.',
  seenIn:
    'HashiCorp Vault documentation, "KV secrets engine version 2": listing goes over kv/metadata, and names of secrets are not protected as values are. Given so that a user interface can browse.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: [
          '{{file:vault/tenant.hcl}}',
          'path "kv/metadata/tenants" { capabilities = ["list"] }',
          'path "kv/metadata/tenants/*" { capabilities = ["list", "read"] }',
        ].join('\n'),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
