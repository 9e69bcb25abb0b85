/** Attacks on the transport: older TLS, no TLS, cookies that leave it, a certificate that is not the key's. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type SecureVersion } from 'node:tls';
import { afterAll, beforeAll, expect } from 'vitest';
import { readManifest } from '../testing/api-client.ts';
import {
  createEnvironment,
  startProcess,
  startService,
  type OwnEnvironment,
  type OwnService,
} from '../testing/own-service.ts';
import { mine, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { requestRaw, sendBytes, type RawAnswer } from './testing/raw-request.ts';
import { makeCertificate } from './testing/self-signed-certificate.ts';

const attack = attacksOf('A02');

const directory = mkdtempSync(join(tmpdir(), 'alphapulse-tls-'));
const { cert: ca, key } = makeCertificate();
let environment: OwnEnvironment;
let variables: Record<string, string>;
let service: OwnService;

function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

beforeAll(async () => {
  environment = await createEnvironment();
  variables = {
    ...environment.variables,
    ALPHAPULSE_COOKIE_SECURE: 'true',
    ALPHAPULSE_TLS_CERT_FILE: file('cert.pem', ca),
    ALPHAPULSE_TLS_KEY_FILE: file('key.pem', key),
  };
  service = await startService(variables);
});
afterAll(async () => {
  const address = { host: '127.0.0.1', port: Number(new URL(service.url).port) };
  const silent = connectPlain(address);
  await once(silent, 'connect');
  const unused = connect({ ...address, ca });
  // The server takes connections in the order in which they came: it has the silent one too.
  await once(unused, 'secureConnect');
  service.signal('SIGTERM');
  // Draining waits neither for the first request on a connection that was opened in advance, nor for its handshake.
  expect(await service.ended).toBe(0);
  unused.destroy();
  silent.destroy();
  await environment.remove();
  rmSync(directory, { recursive: true });
});

/** The protocol that a handshake ends in, or the code of the error that ends it. */
function handshake(minVersion: SecureVersion, maxVersion: SecureVersion, ciphers?: string): Promise<string> {
  const { port } = new URL(service.url);
  const offered = { minVersion, maxVersion, ca, ...(ciphers === undefined ? {} : { ciphers }) };
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), ...offered }, () => {
      resolve(socket.getProtocol() ?? '');
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

const get = (path: string, headers: Record<string, string> = {}) =>
  requestRaw('GET', path, { url: service.url, ca, headers });

function logIn(): Promise<RawAnswer> {
  const body = JSON.stringify({
    tenant: mine.slug,
    email: userOf(mine, 'viewer').email,
    password: readManifest().demoPassword,
  });
  const headers = { 'content-type': 'application/json' };
  return requestRaw('POST', '/api/v1/auth/login', { url: service.url, ca, headers, body });
}

const cookieIn = ({ headers }: RawAnswer): string => headers['set-cookie']?.[0]?.split(';')[0] ?? '';

attack('a handshake below TLS 1.3', {
  async control() {
    expect(await handshake('TLSv1.2', 'TLSv1.3')).toBe('TLSv1.3');
    const ready = await get('/readyz');
    expect([ready.status, JSON.parse(ready.text)]).toMatchObject([200, { ready: true }]);
  },
  async attack() {
    // Without the client's own lower bound: it is the service that refuses, and says so.
    expect(await handshake('TLSv1', 'TLSv1.2', 'ALL:@SECLEVEL=0')).toMatch(/ALERT_PROTOCOL_VERSION/);
    expect(await handshake('TLSv1', 'TLSv1.1', 'ALL:@SECLEVEL=0')).toMatch(/ALERT_PROTOCOL_VERSION/);
    expect(await handshake('TLSv1', 'TLSv1', 'ALL:@SECLEVEL=0')).toMatch(/ALERT_PROTOCOL_VERSION/);
  },
});

attack('plain HTTP spoken to the port of TLS', {
  async control() {
    expect((await get('/healthz')).status).toBe(200);
  },
  async attack() {
    expect(await sendBytes('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n', service.url)).not.toContain('HTTP/');
    expect((await get('/healthz')).status, 'and it serves on').toBe(200);
  },
});

attack('a session cookie that is sent without TLS', {
  async control() {
    const cookie = cookieIn(await logIn());
    expect((await get('/api/v1/trades', { cookie })).status).toBe(200);
  },
  async attack() {
    const { headers } = await logIn();
    const [name, ...flags] = headers['set-cookie']?.[0]?.split('; ') ?? [];
    expect(name).toMatch(/^__Host-alphapulse_session=/);
    expect(flags).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']));
  },
});

attack('a browser led to plain HTTP the next time', {
  async control() {
    expect((await get('/healthz')).headers['cache-control']).toBe('no-store');
  },
  async attack() {
    for (const path of ['/healthz', '/api/v1/trades', '/nothing-here', '/%zz']) {
      expect((await get(path)).headers['strict-transport-security'], path).toMatch(/^max-age=31536000/);
    }
  },
});

attack('a session planted by a neighbour on the domain', {
  async control() {
    const cookie = cookieIn(await logIn());
    expect((await get('/api/v1/trades', { cookie })).status).toBe(200);
  },
  async attack() {
    // A neighbour may set cookies for the whole domain, but none whose name begins with __Host-.
    const planted = cookieIn(await logIn()).replace('__Host-', '');
    expect((await get('/api/v1/trades', { cookie: planted })).status).toBe(401);
  },
});

attack('a service that starts without the protection it was told to have', {
  async control() {
    expect((await get('/healthz')).status).toBe(200);
  },
  async attack() {
    const refusalOf = async (changes: Record<string, string>) => {
      const started = startProcess('server.ts', [], { ...variables, ...changes });
      expect(await started.ended).toBe(64);
      return started.output();
    };
    const strangersKey = { ALPHAPULSE_TLS_KEY_FILE: file('other.pem', makeCertificate().key) };
    expect(await refusalOf({ ...strangersKey, ALPHAPULSE_COOKIE_SECURE: 'false' })).toMatch(
      /COOKIE_SECURE[^]*not a certificate and its key/,
    );
    expect(await refusalOf({ ALPHAPULSE_TLS_KEY_FILE: '' })).toMatch(/ALPHAPULSE_TLS_KEY_FILE: not set/);
  },
});
