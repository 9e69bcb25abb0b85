/** Encryption with every tenant’s key. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-encrypts-with-any-key',
  layer: 'vault',
  title:
    'each tenant’s policy in Vault encrypts with every key of the transit engine: values can be planted in another’s name',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s key seals that tenant’s values alone.',
  seenIn:
    'HashiCorp Vault documentation, "Transit secrets engine": whoever may encrypt with a key can make what its owner will trust; with create, the key itself.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: ['{{file:vault/tenant.hcl}}', 'path "transit/encrypt/*" { capabilities = ["create", "update"] }'].join(
          '\n',
        ),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
