/** All tenants’ secrets by a wildcard. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-wildcard-tenants',
  layer: 'vault',
  title: 'each tenant’s policy in Vault covers the secrets of all tenants',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s token opens that tenant’s path alone.',
  seenIn:
    'HashiCorp Vault documentation, "Policies": a glob at the end of a path takes in everything below it. One level too high, and it takes in the neighbours.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: [
          'path "kv/data/tenants/*" { capabilities = ["create", "read", "update"] }',
          'path "transit/encrypt/tenant-{{tenantId}}" { capabilities = ["create", "update"] }',
          'path "transit/decrypt/tenant-{{tenantId}}" { capabilities = ["update"] }',
        ].join('\n'),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
