/** The whole store of secrets, to read. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-whole-store',
  layer: 'vault',
  title: 'each tenant’s policy in Vault reads the whole store, the key that signs sessions with it',
  claim: 'SEC-ISO',
  guarantee: 'A tenant’s token opens that tenant’s path alone.',
  seenIn:
    'The first policy of many tutorials, path "secret/*"; HashiCorp’s tutorial on policies asks for the least that is needed instead. CWE-250, execution with unnecessary privileges.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: ['{{file:vault/tenant.hcl}}', 'path "kv/data/*" { capabilities = ["read"] }'].join('\n'),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
