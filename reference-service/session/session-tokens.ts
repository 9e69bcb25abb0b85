/** Session tokens: signed, verified, and remembered while they are valid. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { claimsSchema, type Principal } from './principal.ts';
import type { SessionKeys } from './session-keys.ts';

/** Verified tokens kept; one more pushes the oldest out, and costs one more verification. */
const rememberedTokens = 20_000;
const maximumTokenLength = 2048;

const decodedSchema = z.object({ header: z.object({ alg: z.literal('EdDSA'), kid: z.string() }) });

interface IssuedSession {
  token: string;
  expiresAt: Date;
}

export interface SessionTokens {
  issue(user: { id: string; tenantId: string; role: Principal['role'] }): IssuedSession;
  /** null for anything but a token of ours that is still valid. */
  verify(token: string): Principal | null;
}

/** Checks signature, algorithm, issuer, audience, times and the form of every claim. */
function verifyAnew(jwt: FastifyInstance['jwt'], keys: SessionKeys, token: string): Principal | null {
  try {
    const { header } = decodedSchema.parse(jwt.decode(token, { complete: true }));
    const key = keys.publicKey(header.kid);
    if (key === null) return null;
    const claims = claimsSchema.parse(jwt.verify(token, { key }));
    return {
      userId: claims.sub,
      tenantId: claims.tid,
      role: claims.role,
      sessionId: claims.jti,
      expiresAt: claims.exp,
    };
  } catch {
    // Forged, expired, of another issuer, or no token at all: the caller learns only that it is not valid.
    return null;
  }
}

/** `jwt` is the plugin's decorator, set up with algorithm, issuer and audience (jwt-options.ts). */
export function createSessionTokens(
  jwt: FastifyInstance['jwt'],
  keys: SessionKeys,
  sessionSeconds: number,
): SessionTokens {
  const remembered = new Map<string, Principal>();

  function verify(token: string): Principal | null {
    const known = remembered.get(token);
    if (known !== undefined && known.expiresAt > Date.now() / 1000) return known;
    remembered.delete(token);
    if (token.length > maximumTokenLength) return null;
    const principal = verifyAnew(jwt, keys, token);
    if (principal === null) return null;
    const oldest = remembered.size >= rememberedTokens ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(token, principal);
    return principal;
  }

  function issue(user: { id: string; tenantId: string; role: Principal['role'] }): IssuedSession {
    const { privateKeyPem, kid } = keys.current();
    const issuedAt = Math.floor(Date.now() / 1000);
    const claims = { sub: user.id, tid: user.tenantId, role: user.role, jti: randomUUID(), iat: issuedAt };
    const token = jwt.sign(claims, { key: privateKeyPem, kid, expiresIn: sessionSeconds });
    return { token, expiresAt: new Date((issuedAt + sessionSeconds) * 1000) };
  }

  return { issue, verify };
}
