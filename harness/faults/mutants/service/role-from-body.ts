/** The role as the body says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'role-from-body',
  layer: 'service',
  title: 'a field role in the body of an order counts as the role of whoever sends it',
  claim: 'SEC-AUTHZ',
  guarantee: 'The role comes from the verified session and from nothing else.',
  seenIn:
    'CWE-915, mass assignment, and API3:2023: the body is merged into the object that says who asks, and a field that nobody had meant to be sent comes along.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: "app.addHook('onRequest', async (request) => {",
      replacement: "app.addHook('preValidation', async (request) => {",
    },
    {
      file: 'http/enforce-access.ts',
      pattern: 'if (!access.includes(principal.role))',
      replacement: 'if (!access.includes(Object(request.body).role ?? principal.role))',
    },
    {
      file: 'schemas/order.ts',
      pattern: 'export const newOrderSchema = z\n  .strictObject({',
      replacement: 'export const newOrderSchema = z\n  .object({',
    },
  ],
} satisfies Mutant;
