/** The tenant as the body says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-from-body',
  layer: 'service',
  title:
    'a field tenantId in the body of any request decides for which tenant it is carried out, and one of its users answers for it',
  claim: 'SEC-ISO',
  guarantee: 'The tenant comes from the verified session and from nothing else.',
  seenIn:
    'CWE-915, mass assignment; API3:2023. GitHub, March 2012: a field of a form that nobody had meant to be set added a key to the account of the Rails project.',
  replacements: [
    {
      file: 'app.ts',
      pattern: "import { describeApi } from './http/describe-api.ts';",
      replacement: `import { query, statement } from './database/statement.ts';
import { describeApi } from './http/describe-api.ts';`,
    },
    {
      file: 'app.ts',
      pattern: 'const requestTimeoutMs = 30_000;',
      replacement: `const requestTimeoutMs = 30_000;
const firstUser = statement<{ id: string }>('app.first-user', 'select id from users where tenant_id = $1 limit 1');`,
    },
    {
      file: 'app.ts',
      pattern: 'enforceAccess(app, { tokens, revocations: services.revocations, secureTransport });',
      replacement: `enforceAccess(app, { tokens, revocations: services.revocations, secureTransport });
  app.addHook('preValidation', async (request) => {
    const { body, principal } = request;
    if (principal === null || typeof body !== 'object' || body === null || !('tenantId' in body)) return;
    const tenantId = String(body.tenantId);
    delete body.tenantId;
    const [[user]] = await services.database.asTenant(tenantId, query(firstUser, tenantId));
    request.principal = { ...principal, tenantId, userId: user?.id ?? principal.userId };
  });`,
    },
  ],
} satisfies Mutant;
