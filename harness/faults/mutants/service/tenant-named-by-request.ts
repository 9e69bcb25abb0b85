/** The tenant as any part of the request says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-named-by-request',
  layer: 'service',
  title:
    'a tenant that a header, the host’s name, the query or the body names takes precedence over that of the session',
  claim: 'SEC-ISO',
  guarantee: 'The tenant comes from the verified session and from nothing else.',
  seenIn:
    'CWE-639: helpers that find "the current tenant" wherever a client may have put it, under every name that some client used once. CWE-348, use of a less trusted source: X-Forwarded-Host believed from anybody (OWASP Web Security Testing Guide, "Testing for Host Header Injection"); CWE-777, an expression without anchors.',
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
      pattern: "const apiPrefix = '/api/';",
      replacement: `const apiPrefix = '/api/';
const inHeaders = ['x-tenant-id', 'x-tenant', 'tenant-id', 'x-org-id', 'x-scope-orgid'];
const inQuery = ['tenantId', 'tenant_id', 'tenant', 'tid', 'app.tenant_id'];
const tenantForm = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const tenantIn = (values: unknown[]) => values.flatMap((value) => tenantForm.exec(String(value)) ?? [])[0];`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'request.principal = principal;',
      replacement: `const query = Object(request.query);
    const { forwarded = '', 'x-forwarded-host': byProxy, 'x-host': byOther, host } = request.headers;
    const hostName = String(/host=([^;,]+)/i.exec(forwarded)?.[1] ?? byProxy ?? byOther ?? host);
    const [ofHost] = await database.shared(findTenant(hostName.split('.')[0] ?? ''));
    const named = tenantIn([
      ...inHeaders.map((name) => request.headers[name]),
      ...[...inQuery.map((name) => query[name]), ofHost?.id],
    ]);
    request.principal = named === undefined ? principal : { ...principal, tenantId: named };`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: "app.decorateRequest('principal', null);",
      replacement: `app.decorateRequest('principal', null);
  app.addHook('preValidation', async (request) => {
    const { tenantId, tenant_id: tenantIdInSnakes, tenant, ...body } = Object(request.body);
    const named = tenantIn([tenantId, tenantIdInSnakes, tenant?.id]);
    if (request.principal === null || named === undefined) return;
    request.principal = { ...request.principal, tenantId: named };
    request.body = body;
  });`,
    },
    {
      file: 'schemas/page.ts',
      pattern: 'return z.strictObject({\n    limit:',
      replacement: 'return z.object({\n    limit:',
    },
  ],
} satisfies Mutant;
