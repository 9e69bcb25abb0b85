/** Ended sessions, marked under a key of no tenant. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'revocations-of-nobody',
  layer: 'service',
  title: 'that a session has ended is marked under a key of no tenant: whoever may write there ends sessions of all',
  claim: 'SEC-ISO',
  guarantee: 'Every key in Redis begins with the tenant whose value it holds.',
  seenIn:
    'Deny lists of tokens, which are commonly kept by the id of the token alone, since ids are thought to be unique (OWASP, JSON Web Token Cheat Sheet, on revocation); with several tenants the list is one that they share. CWE-668, exposure of resource to wrong sphere.',
  mustBeSeenBy: ['redis'],
  replacements: [
    {
      file: 'session/revocations.ts',
      pattern: "import { tenantKey } from '../cache/tenant-key.ts';",
      replacement: "import { noTenant, tenantKey } from '../cache/tenant-key.ts';",
    },
    {
      file: 'session/revocations.ts',
      pattern: "[tenantKey(tenantId, 'revoked', sessionId), tenantKey(tenantId, 'user-state', userId)]",
      replacement: "[tenantKey(noTenant, 'revoked', sessionId), tenantKey(noTenant, 'user-state', userId)]",
    },
    {
      file: 'session/revocations.ts',
      pattern: "marks.set(tenantKey(tenantId, 'revoked', sessionId), '1')",
      replacement: "marks.set(tenantKey(noTenant, 'revoked', sessionId), '1')",
    },
    {
      file: 'session/revocations.ts',
      pattern: "marks.set(tenantKey(tenantId, 'user-state', userId), state)",
      replacement: "marks.set(tenantKey(noTenant, 'user-state', userId), state)",
    },
  ],
} satisfies Mutant;
