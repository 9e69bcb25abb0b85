/** The tenant as the name of the host says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-from-host',
  layer: 'service',
  title:
    'the tenant is that of the host’s name, as the request or any proxy’s header gives it, whatever the session says',
  claim: 'SEC-ISO',
  guarantee: 'The tenant comes from the verified session and from nothing else.',
  seenIn:
    'OWASP Web Security Testing Guide, "Testing for Host Header Injection"; CWE-348, use of a less trusted source: a subdomain for each tenant, and X-Forwarded-Host believed from anybody.',
  replacements: [
    {
      file: 'app.ts',
      pattern: 'enforceAccess(app, { tokens,',
      replacement: 'enforceAccess(app, { database: services.database, tokens,',
    },
    {
      file: 'http/enforce-access.ts',
      pattern: "import type { Revocations } from '../session/revocations.ts';",
      replacement: `import type { Database } from '../database/database.ts';
import { findTenant } from '../queries/users.ts';
import type { Revocations } from '../session/revocations.ts';`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'revocations: Revocations;',
      replacement: 'revocations: Revocations;\n  database: Database;',
    },
    {
      file: 'http/enforce-access.ts',
      pattern: '{ tokens, revocations, secureTransport }: Dependencies',
      replacement: '{ tokens, revocations, secureTransport, database }: Dependencies',
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'request.principal = principal;',
      replacement: `const { forwarded = '', 'x-forwarded-host': byProxy, 'x-host': byOther, host } = request.headers;
    const name = /host=([^;,]+)/i.exec(forwarded)?.[1] ?? byProxy ?? byOther ?? host;
    const [tenant] = await database.shared(findTenant(String(name).split('.')[0] ?? ''));
    request.principal = tenant === undefined ? principal : { ...principal, tenantId: tenant.id };`,
    },
  ],
} satisfies Mutant;
