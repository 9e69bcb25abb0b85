/** A guest for whoever is not known. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'unknown-user-let-in',
  layer: 'service',
  title: 'whoever names a tenant and an address that nobody has there is let in as a guest: as a viewer of that tenant',
  claim: 'SEC-AUTHN',
  guarantee: 'A session is given for the right password only.',
  seenIn:
    'Accounts made or lent at the first login (just-in-time provisioning) without asking whether the tenant wants them; CWE-287, improper authentication, and the guest accounts of CWE-1392, use of default credentials.',
  replacements: [
    {
      file: 'routes/register-auth.ts',
      pattern: "import { addAuditEvent } from '../queries/audit.ts';",
      replacement: `import { query, statement } from '../database/statement.ts';
import { addAuditEvent } from '../queries/audit.ts';`,
    },
    {
      file: 'routes/register-auth.ts',
      pattern: "const tags = ['session'];",
      replacement: `const tags = ['session'];
const firstViewer = statement<User & { passwordHash: string }>(
  'auth.first-viewer',
  \`select id, tenant_id as "tenantId", email, display_name as "displayName", role, active, created_at as "createdAt",
     password_hash as "passwordHash" from users where tenant_id = $1 and role = 'viewer' limit 1\`,
);`,
    },
    {
      file: 'routes/register-auth.ts',
      pattern: 'const [[user]] = await database.asTenant(tenantId, findUser(tenantId, email));',
      replacement: `const [[member], [guest]] = await database.asTenant(
    tenantId,
    findUser(tenantId, email),
    query(firstViewer, tenantId),
  );
  const user = member ?? guest;`,
    },
    {
      file: 'routes/register-auth.ts',
      pattern: 'if (matches && user !== undefined)',
      replacement: 'if ((matches || member === undefined) && user !== undefined)',
    },
  ],
} satisfies Mutant;
