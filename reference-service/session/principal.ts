/** Who makes a request: read from the verified session token, and from nothing else. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../errors/api-error.ts';
import { roleSchema } from '../schemas/user.ts';

export const tokenIssuer = 'alphapulse';
export const tokenAudience = 'alphapulse-api';

/** The claims of a session token; a token that lacks one of them is no session. */
export const claimsSchema = z.object({
  sub: z.uuid(),
  tid: z.uuid(),
  role: roleSchema,
  jti: z.string().min(16).max(64),
  iat: z.number(),
  exp: z.number(),
  iss: z.literal(tokenIssuer),
  aud: z.literal(tokenAudience),
});

export interface Principal {
  userId: string;
  tenantId: string;
  role: z.infer<typeof roleSchema>;
  sessionId: string;
  /** Unix seconds. */
  expiresAt: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** null on public routes, and before the session was verified. */
    principal: Principal | null;
  }
}

/** The principal of a request on a route that needs one. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new ApiError('UNAUTHENTICATED');
  return request.principal;
}
