/** The right to destroy all tenants’ secrets. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-destroys-any-secret',
  layer: 'vault',
  title: 'each tenant’s policy in Vault may delete and destroy the secrets of every tenant',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s token changes that tenant’s secrets alone.',
  seenIn:
    'HashiCorp Vault documentation, "KV secrets engine version 2": delete, destroy and metadata have paths of their own beside data, and need the tenant in each of them.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: [
          '{{file:vault/tenant.hcl}}',
          'path "kv/delete/tenants/*" { capabilities = ["update"] }',
          'path "kv/destroy/tenants/*" { capabilities = ["update"] }',
        ].join('\n'),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
