/** The name of the session cookie. */
const plainName = 'alphapulse_session';

/**
 * Over TLS it has the prefix that browsers take from this very host only, so that a neighbour on the same domain cannot
 * plant a session of its own (RFC 6265bis, section 4.1.3.2). Browsers refuse the prefix without `Secure`.
 */
export function sessionCookieName(secureTransport: boolean): string {
  return secureTransport ? `__Host-${plainName}` : plainName;
}
