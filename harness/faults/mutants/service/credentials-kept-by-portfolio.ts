/** Credentials kept by portfolio. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'credentials-kept-by-portfolio',
  layer: 'service',
  title: 'broker credentials are kept in the process by portfolio, and looked up there before anybody asks whose it is',
  claim: 'SEC-ISO',
  guarantee: 'Credentials are given to the tenant that the portfolio belongs to.',
  seenIn:
    'CWE-639, authorization bypass through a user-controlled key, first of the OWASP API Security Top 10 (API1:2023): the object is found by its id, and the owner is not compared.',
  replacements: [
    {
      file: 'routes/register-broker-credentials.ts',
      pattern: 'const shownCharacters = 4;',
      replacement: 'const shownCharacters = 4;\nconst kept = new Map();',
    },
    {
      file: 'routes/register-broker-credentials.ts',
      pattern:
        'async function readCredentials({ database, tenantVault }: Services, tenantId: string, portfolioId: string) {',
      replacement: `async function readCredentials({ database, tenantVault }: Services, tenantId: string, portfolioId: string) {
  if (kept.has(portfolioId)) return kept.get(portfolioId);`,
    },
    {
      file: 'routes/register-broker-credentials.ts',
      pattern: 'await database.asTenant(tenantId, setBrokerAccount(tenantId, portfolioId, ciphertext, userId));',
      replacement: `await database.asTenant(tenantId, setBrokerAccount(tenantId, portfolioId, ciphertext, userId));
  kept.set(portfolioId, { account: { tenantId, portfolioId }, accountNumber, secret });`,
    },
  ],
} satisfies Mutant;
