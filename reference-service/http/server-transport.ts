/** How bytes reach the HTTP server: over TLS or not, and through which proxies. */
import type { Configuration } from '../configuration/configuration.ts';

/** Clients below it are refused in the handshake; what they could negotiate has known attacks (RFC 9325). */
const minimumTlsVersion = 'TLSv1.3';

interface ServerTransport {
  /** Whose X-Forwarded-For is believed; from anybody else it would let callers choose their address. */
  trustProxy: string[] | false;
  https?: { cert: string; key: string; minVersion: 'TLSv1.3' };
}

/** Options of Fastify, which makes an HTTPS server of the one and an HTTP server of the other. */
export function serverTransport({ tls, TRUSTED_PROXIES }: Configuration): ServerTransport {
  return {
    trustProxy: TRUSTED_PROXIES ?? false,
    ...(tls === null ? {} : { https: { ...tls, minVersion: minimumTlsVersion } }),
  };
}
