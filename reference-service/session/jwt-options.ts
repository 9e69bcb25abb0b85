/** How session tokens are signed and verified: one algorithm, one issuer, one audience, no claim missing. */
import type { FastifyJWTOptions } from '@fastify/jwt';
import { tokenAudience, tokenIssuer } from './principal.ts';
import type { SessionKey } from './session-keys.ts';

/** `key` is the one of the start; session-tokens.ts names the key of the moment at each call. */
export function jwtOptions(key: SessionKey): FastifyJWTOptions {
  return {
    secret: { private: key.privateKeyPem, public: key.publicKeyPem },
    sign: { algorithm: 'EdDSA', iss: tokenIssuer, aud: tokenAudience },
    verify: {
      algorithms: ['EdDSA'],
      allowedIss: tokenIssuer,
      allowedAud: tokenAudience,
      requiredClaims: ['sub', 'tid', 'role', 'jti', 'iat', 'exp', 'iss', 'aud'],
    },
  };
}
