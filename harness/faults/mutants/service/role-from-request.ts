/** The role as the caller says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'role-from-request',
  layer: 'service',
  title: 'a role that a header or the query claims opens what it is needed for, beside that of the session',
  claim: 'SEC-AUTHZ',
  guarantee: 'The role comes from the verified session and from nothing else.',
  seenIn:
    'CWE-639 and CWE-472, external control of a parameter that is assumed to be immutable: ?admin=true and headers of groups that a gateway was to set; OWASP Web Security Testing Guide, "Testing for Privilege Escalation".',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: "const apiPrefix = '/api/';",
      replacement: `const apiPrefix = '/api/';
const inHeaders = ['x-role', 'x-user-role', 'x-roles', 'role', 'x-forwarded-groups'];`,
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'if (!access.includes(principal.role))',
      replacement: `const query = Object(request.query);
    const isAdmin = request.headers['x-admin'] === 'true' || query.admin === 'true';
    const claimed = [...inHeaders.map((name) => request.headers[name]), query.role, isAdmin ? 'admin' : ''];
    if (![principal.role, ...claimed].some((role) => access.includes(role)))`,
    },
    {
      file: 'schemas/page.ts',
      pattern: 'return z.strictObject({\n    limit:',
      replacement: 'return z.object({\n    limit:',
    },
  ],
} satisfies Mutant;
