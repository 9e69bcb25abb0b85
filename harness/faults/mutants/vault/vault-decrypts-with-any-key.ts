/** Decryption with every tenant’s key. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-decrypts-with-any-key',
  layer: 'vault',
  title: 'each tenant’s policy in Vault decrypts with every key of the transit engine',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s ciphertext is opened with that tenant’s token alone.',
  seenIn:
    'HashiCorp’s tutorial on the transit engine grants transit/decrypt/ of one key by name; with a glob for the name a ciphertext that leaks from one tenant is plain to all.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: ['{{file:vault/tenant.hcl}}', 'path "transit/decrypt/*" { capabilities = ["update"] }'].join('\n'),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
