/** Debug output of what the service says to the servers behind it. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'debug-output',
  layer: 'service',
  title:
    'debug output stayed in: queries with their rows, requests to Vault with tokens and answers, the key that signs a session',
  claim: 'SEC-ISO',
  guarantee: 'No secret and no tenant’s data is in the log.',
  seenIn:
    'CWE-215, insertion of sensitive information into debugging code, and CWE-489: prints past the logger, whose redaction they do not meet. HashiCorp Vault’s own audit log keeps tokens as sums only, for that reason.',
  mustBeSeenBy: ['telemetry'],
  replacements: [
    {
      file: 'database/database.ts',
      pattern: 'const results = await send(queries);',
      replacement:
        'const results = await send(queries);\n      console.log(JSON.stringify({ queries, rows: results.map(({ rows }) => rows) }));',
    },
    {
      file: 'vault/vault-http.ts',
      pattern: "const answer: unknown = text === '' ? null : JSON.parse(text);",
      replacement:
        "const answer: unknown = text === '' ? null : JSON.parse(text);\n      console.log(JSON.stringify({ method, path, options, answer }));",
    },
    {
      file: 'session/session-tokens.ts',
      pattern: 'const issuedAt = Math.floor(Date.now() / 1000);',
      replacement:
        'const issuedAt = Math.floor(Date.now() / 1000);\n    console.log(JSON.stringify({ user, kid, privateKeyPem }));',
    },
  ],
} satisfies Mutant;
