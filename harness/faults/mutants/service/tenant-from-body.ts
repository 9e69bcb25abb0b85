/** The tenant as the body says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-from-body',
  layer: 'service',
  title: 'a field tenantId in the body of any request decides for which tenant it is carried out',
  claim: 'SEC-ISO',
  guarantee: 'The tenant comes from the verified session and from nothing else.',
  seenIn:
    'CWE-915, mass assignment; API3:2023. GitHub, March 2012: a field of a form that nobody had meant to be set added a key to the account of the Rails project.',
  replacements: [
    {
      file: 'http/enforce-access.ts',
      pattern: "app.decorateRequest('principal', null);",
      replacement: `app.decorateRequest('principal', null);
  app.addHook('preValidation', async ({ body, principal }) => {
    if (principal === null || typeof body !== 'object' || body === null || !('tenantId' in body)) return;
    principal.tenantId = String(body.tenantId);
    delete body.tenantId;
  });`,
    },
  ],
} satisfies Mutant;
