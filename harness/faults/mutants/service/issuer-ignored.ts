/** Tokens of another issuer. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'issuer-ignored',
  layer: 'service',
  title: 'a session token is accepted whoever it says has issued it',
  claim: 'SEC-AUTHN',
  guarantee: 'A token counts as the word of the issuer that it names.',
  seenIn:
    'RFC 8725, section 3.8, "Validate Issuer and Subject": where a key signs for several issuers, such as staging and production, the claim is what tells them apart.',
  replacements: [
    { file: 'session/jwt-options.ts', pattern: 'allowedIss: tokenIssuer,', replacement: '' },
    { file: 'session/principal.ts', pattern: 'iss: z.literal(tokenIssuer)', replacement: 'iss: z.string()' },
  ],
} satisfies Mutant;
