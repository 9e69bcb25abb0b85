/** Answers kept by address. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'answer-cache-by-address',
  layer: 'service',
  title: 'lists of risk limits are kept for a while by their address alone, in the process',
  claim: 'SEC-ISO',
  guarantee: 'An answer is given to the tenant it was made for.',
  seenIn:
    'RFC 9111, section 3.5, on answers to authenticated requests in shared caches; web cache deception (Omer Gil, 2017) and Steam, 25 December 2015, are what comes of a key that is the address alone.',
  replacements: [
    {
      file: 'routes/register-risk-limits.ts',
      pattern: "const tags = ['risk'];",
      replacement: "const tags = ['risk'];\nconst kept = new Map<string, { untilMs: number; rows: never[] }>();",
    },
    {
      file: 'routes/register-risk-limits.ts',
      pattern: 'const [rows] = await database.asTenant(tenantId, listRiskLimits(tenantId, request.query));',
      replacement: `let answer = kept.get(request.url);
      if (answer === undefined || answer.untilMs < Date.now()) {
        const [fresh] = await database.asTenant(tenantId, listRiskLimits(tenantId, request.query));
        answer = { untilMs: Date.now() + 5000, rows: fresh };
        kept.set(request.url, answer);
      }
      const { rows } = answer;`,
    },
  ],
} satisfies Mutant;
