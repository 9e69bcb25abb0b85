/** The user as a header says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'user-from-header',
  layer: 'service',
  arm: 'filter',
  title: 'a header that a proxy is to set names the user, who is looked up in any tenant',
  claim: 'SEC-ISO',
  guarantee: 'Who asks comes from the verified session and from nothing else.',
  seenIn:
    'CWE-290, authentication bypass by spoofing: the user in X-Remote-User or X-Forwarded-User, as single sign-on at a proxy sets it, believed also where nobody takes it off the requests of others.',
  coveredBy: 'postgres',
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
import { query, statement } from '../database/statement.ts';
import type { Principal } from '../session/principal.ts';
import type { Revocations } from '../session/revocations.ts';`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: "const apiPrefix = '/api/';",
      replacement: `const apiPrefix = '/api/';
const byId = statement<Pick<Principal, 'userId' | 'tenantId' | 'role'>>(
  'users.by-id',
  'select id as "userId", tenant_id as "tenantId", role from users where id = $1',
);`,
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
      replacement: `const { 'x-user-id': byClient, 'x-remote-user': byServer, 'x-forwarded-user': byProxy } = request.headers;
    const named = byClient ?? byServer ?? byProxy;
    const [user] = named === undefined ? [] : await database.shared(query(byId, String(named)));
    request.principal = { ...principal, ...user };`,
    },
  ],
} satisfies Mutant;
