/** All tenants’ broker credentials by a wildcard in the middle of a path. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-segment-wildcard',
  layer: 'vault',
  title: 'each tenant’s policy in Vault reads the broker credentials of every tenant',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s token opens that tenant’s path alone.',
  seenIn:
    'HashiCorp Vault documentation, "Policies": + stands for any one segment of a path. Written where the template for the tenant’s id should have been.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: [
          '{{file:vault/tenant.hcl}}',
          'path "kv/data/tenants/+/broker-credentials/*" { capabilities = ["read"] }',
        ].join('\n'),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
