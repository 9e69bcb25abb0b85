/** The tenant as the body says it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-from-body',
  layer: 'service',
  title: 'a field tenantId in the body decides in which tenant a portfolio is made',
  claim: 'SEC-ISO',
  guarantee: 'The tenant comes from the verified session and from nothing else.',
  seenIn:
    'CWE-915, mass assignment; API3:2023. GitHub, March 2012: a field of a form that nobody had meant to be set added a key to the account of the Rails project.',
  replacements: [
    {
      file: 'schemas/portfolio.ts',
      pattern: `export const newPortfolioSchema = z.strictObject({`,
      replacement: `export const newPortfolioSchema = z.strictObject({
  tenantId: idSchema.optional(),`,
    },
    {
      file: 'routes/register-portfolios.ts',
      pattern: 'const { tenantId, userId } = principalOf(request);',
      replacement: `const { userId, ...principal } = principalOf(request);
      const tenantId = request.body.tenantId ?? principal.tenantId;`,
    },
  ],
} satisfies Mutant;
