/** Tokens with any policy. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-role-any-policy',
  layer: 'vault',
  title: 'the token role of tenants gives out tokens with any policy, not only those of tenants',
  claim: 'SEC-ISO',
  guarantee: 'The service makes tokens of tenants, and no others.',
  seenIn:
    'HashiCorp Vault documentation, "Token auth method", allowed_policies_glob: without it, or with *, whoever may use the role chooses the rights of the token.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'auth/token/roles/tenant',
      body: { allowed_policies_glob: ['*'], disallowed_policies: [] },
    },
  ],
  revert: [
    {
      method: 'POST',
      path: 'auth/token/roles/tenant',
      body: { allowed_policies_glob: ['tenant-*'], disallowed_policies: ['root', 'default'] },
    },
  ],
} satisfies Mutant;
