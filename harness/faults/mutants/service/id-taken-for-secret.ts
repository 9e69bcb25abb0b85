/** Whoever knows an id is let in. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'id-taken-for-secret',
  layer: 'service',
  arm: 'filter',
  title:
    'a request without a session that names an id is taken for one of the tenant to which the thing belongs: a link is enough',
  claim: 'SEC-AUTHN',
  guarantee: 'Without a valid session nobody gets an answer.',
  seenIn:
    'First American Financial, May 2019: documents could be read by their link, without a login; CWE-306 and RFC 9562, section 8, "Security Considerations": a UUID is hard to guess and no credential.',
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
const tables = ['portfolios', 'signals', 'orders', 'trades', 'risk_limits', 'users'];
const ownerOf = statement<{ tenantId: string }>(
  'links.owner',
  tables.map((table) => \`select tenant_id as "tenantId" from \${table} where id = $1\`).join(' union all '),
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
      pattern: "app.decorateRequest('principal', null);",
      replacement: `app.decorateRequest('principal', null);
  const byLink = async (id: unknown): Promise<Principal | null> => {
    const [owner] = typeof id === 'string' ? await database.shared(query(ownerOf, id)) : [];
    if (owner === undefined) return null;
    const nobody = '00000000-0000-0000-0000-000000000000';
    return { userId: nobody, tenantId: owner.tenantId, role: 'admin', sessionId: nobody, expiresAt: Infinity };
  };`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'const principal = token === undefined ? null : tokens.verify(token);',
      replacement:
        'const principal = token ? tokens.verify(token) : await byLink(Object(request.params).id).catch(() => null);',
    },
  ],
} satisfies Mutant;
