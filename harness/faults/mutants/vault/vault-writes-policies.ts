/** Policies that write themselves. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-writes-policies',
  layer: 'vault',
  title: 'each tenant’s policy in Vault may read and write policies, its own too',
  claim: 'SEC-ISO',
  guarantee: 'Policies are written by the operator alone.',
  seenIn:
    'HashiCorp’s guidance on production hardening and least privilege: whoever writes policies holds every right that a policy can give. CWE-269, improper privilege management.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: [
          '{{file:vault/tenant.hcl}}',
          'path "sys/policies/acl/*" { capabilities = ["create", "read", "update"] }',
        ].join('\n'),
      },
    },
  ],
  revert: [
    { method: 'POST', path: 'sys/policies/acl/tenant-{{tenantId}}', body: { policy: '{{file:vault/tenant.hcl}}' } },
  ],
} satisfies Mutant;
