/** Refuses changes that a page of another origin asks for: beside SameSite=Strict, which lets neighbours on a domain through. */
import type { FastifyRequest } from 'fastify';
import { ApiError } from '../errors/api-error.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What the browser says of the request's site decides; an older browser says its origin, which must be this host's; who
 * says neither is no browser, and has no cookie that somebody else could make use of. The order is that of Go's
 * http.CrossOriginProtection (https://pkg.go.dev/net/http#CrossOriginProtection).
 */
export function crossSiteGuard(secureTransport: boolean): (request: FastifyRequest) => void {
  return ({ method, headers }) => {
    if (safeMethods.has(method)) return;
    const site = headers['sec-fetch-site'];
    if (site === 'same-origin' || site === 'none') return;
    if (site !== undefined) throw new ApiError('CROSS_SITE');
    const { origin, host } = headers;
    if (origin === undefined || origin === `https://${host}`) return;
    if (secureTransport || origin !== `http://${host}`) throw new ApiError('CROSS_SITE');
  };
}
