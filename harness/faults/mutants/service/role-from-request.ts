/** The role as the caller says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'role-from-request',
  layer: 'service',
  title: 'a role that a header, the query or the body claims opens what it is needed for, beside that of the session',
  claim: 'SEC-AUTHZ',
  guarantee: 'The role comes from the verified session and from nothing else.',
  seenIn:
    'CWE-639, CWE-915 (mass assignment) and CWE-472, external control of a parameter that is assumed to be immutable: ?admin=true, a field of the body, headers of groups that a gateway was to set.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: "const apiPrefix = '/api/';",
      replacement: `const apiPrefix = '/api/';
const inHeaders = ['x-role', 'x-user-role', 'x-roles', 'role', 'x-forwarded-groups'];`,
    },
    {
      // The body is read by then.
      file: 'http/enforce-access.ts',
      pattern: "app.addHook('onRequest', async (request) => {",
      replacement: "app.addHook('preValidation', async (request) => {",
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'if (!access.includes(principal.role))',
      replacement: `const [query, body] = [Object(request.query), Object(request.body)];
    const isAdmin = request.headers['x-admin'] === 'true' || query.admin === 'true';
    const claimed = [...inHeaders.map((name) => request.headers[name]), query.role, body.role, isAdmin ? 'admin' : ''];
    if (![principal.role, ...claimed].some((role) => access.includes(role)))`,
    },
    {
      file: 'schemas/page.ts',
      pattern: 'return z.strictObject({\n    limit:',
      replacement: 'return z.object({\n    limit:',
    },
    {
      file: 'schemas/order.ts',
      pattern: 'export const newOrderSchema = z\n  .strictObject({',
      replacement: 'export const newOrderSchema = z\n  .object({',
    },
  ],
} satisfies Mutant;
