/** Every tenant’s key, to administer. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-administers-keys',
  layer: 'vault',
  title: 'each tenant’s policy in Vault reads, rotates and reconfigures every key of the transit engine',
  claim: 'SEC-ISO',
  guarantee: 'Keys are administered by the operator alone.',
  seenIn:
    'HashiCorp Vault documentation, "Transit secrets engine": a key that somebody may configure can be made exportable or deleted, and what it sealed with it.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: [
          '{{file:vault/tenant.hcl}}',
          'path "transit/keys/*" { capabilities = ["create", "read", "update", "list"] }',
        ].join('\n'),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
