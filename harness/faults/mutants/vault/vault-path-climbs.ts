/** A tenant's folder out of which a path can climb. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-path-climbs',
  layer: 'vault',
  title:
    'each tenant’s policy in Vault covers its own folder by a glob: a path with encoded dots climbs out of it into another’s',
  claim: 'SEC-ISO',
  guarantee: 'No spelling of a path leads around the policy.',
  seenIn:
    'This very service, until its probes tried it: Vault compares the path as it was asked for with the policy, and version 2 of the KV secrets engine tidies it up afterwards. CWE-22, path traversal.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: {
        policy: [
          'path "kv/data/tenants/{{tenantId}}/*" { capabilities = ["create", "read", "update"] }',
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
