/** The tenant as the caller says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-from-header',
  layer: 'service',
  title: 'a header X-Tenant-Id takes precedence over the tenant of the session',
  claim: 'SEC-ISO',
  guarantee: 'The tenant comes from the verified session and from nothing else.',
  seenIn:
    'CWE-290 and CWE-639: headers meant to be set by a gateway are believed from anybody. CVE-2025-29927 is the same mistake with a header of Next.js.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: 'request.principal = principal;',
      replacement: `const named = String(request.headers['x-tenant-id'] ?? '');
    request.principal = /^[0-9a-f-]{36}$/.test(named) ? { ...principal, tenantId: named } : principal;`,
    },
  ],
} satisfies Mutant;
