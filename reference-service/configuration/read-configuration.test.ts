/** Unit tests of reading the configuration. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../attacks/testing/self-signed-certificate.ts';
import { ConfigurationError, readConfiguration } from './read-configuration.ts';

const directory = mkdtempSync(join(tmpdir(), 'alphapulse-configuration-'));
const secret = join(directory, 'secret');
const empty = join(directory, 'empty');
writeFileSync(secret, 's3cret\n');
writeFileSync(empty, '\n');
afterAll(() => rmSync(directory, { recursive: true }));

const complete = {
  ALPHAPULSE_DATABASE_PASSWORD_FILE: secret,
  ALPHAPULSE_REDIS_PASSWORD_FILE: secret,
  ALPHAPULSE_VAULT_ADDR: 'http://127.0.0.1:8200',
  ALPHAPULSE_VAULT_ROLE_ID_FILE: secret,
  ALPHAPULSE_VAULT_SECRET_ID_FILE: secret,
};

function problemsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('has defaults for all but addresses of secrets', () => {
    const configuration = readConfiguration({ ...complete, PATH: '/bin' });
    expect(configuration).toMatchObject({ PORT: 3000, RLS_MODE: 'rls', DATABASE_PREPARED: true, COOKIE_SECURE: true });
    expect(configuration.databasePassword).toBe('s3cret');
  });

  it('takes values given as text', () => {
    const configuration = readConfiguration({ ...complete, ALPHAPULSE_PORT: '0', ALPHAPULSE_COOKIE_SECURE: 'false' });
    expect(configuration).toMatchObject({ PORT: 0, COOKIE_SECURE: false });
  });

  it('reports every problem at once, with what was given', () => {
    const problems = problemsOf({
      ...complete,
      ALPHAPULSE_PORT: '99999',
      ALPHAPULSE_RLS_MODE: 'off',
      ALPHAPULSE_DATABSE_HOST: 'db',
      ALPHAPULSE_REDIS_PASSWORD_FILE: join(directory, 'absent'),
      ALPHAPULSE_DATABASE_PASSWORD_FILE: empty,
      ALPHAPULSE_VAULT_ADDR: 'vault:8200',
    });
    const text = problems.join('\n');
    expect(problems).toHaveLength(6);
    expect(text).toContain('ALPHAPULSE_DATABSE_HOST: no such setting');
    expect(text).toContain('ALPHAPULSE_PORT: "99999"; expected 0 to 65535');
    expect(text).toContain('ALPHAPULSE_RLS_MODE: "off"');
    expect(text).toContain('ALPHAPULSE_VAULT_ADDR: "vault:8200"; expected an http or https address');
    expect(text).toContain('ALPHAPULSE_DATABASE_PASSWORD_FILE');
    expect(text).toContain('ENOENT');
  });

  it('takes a certificate with its key, and refuses one without, with another or with insecure cookies', () => {
    const write = (name: string, text: string) => {
      writeFileSync(join(directory, name), text);
      return join(directory, name);
    };
    const pair = makeCertificate();
    const cert = { ALPHAPULSE_TLS_CERT_FILE: write('cert.pem', pair.cert) };
    const key = { ALPHAPULSE_TLS_KEY_FILE: write('key.pem', pair.key) };
    const otherKey = { ALPHAPULSE_TLS_KEY_FILE: write('other.pem', makeCertificate().key) };
    expect(readConfiguration(complete).tls).toBeNull();
    expect(readConfiguration({ ...complete, ...cert, ...key }).tls).toEqual(pair);
    expect(problemsOf({ ...complete, ...cert })).toEqual([
      'ALPHAPULSE_TLS_KEY_FILE: not set; TLS needs the certificate and its key',
    ]);
    expect(problemsOf({ ...complete, ...key })).toHaveLength(1);
    const insecure = { ...complete, ...cert, ...otherKey, ALPHAPULSE_COOKIE_SECURE: 'false' };
    expect(problemsOf(insecure).join('\n')).toMatch(/COOKIE_SECURE: "false"[^]*not a certificate and its key/);
    expect(problemsOf({ ...complete, ...cert, ALPHAPULSE_TLS_KEY_FILE: join(directory, 'absent') })).toHaveLength(1);
  });

  it('takes a list of proxies', () => {
    const list = { ALPHAPULSE_TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1,2001:db8::/32' };
    expect(readConfiguration({ ...complete, ...list }).TRUSTED_PROXIES).toEqual([
      '10.0.0.0/8',
      '192.0.2.1',
      '2001:db8::/32',
    ]);
    for (const wrong of ['everyone', '10.0.0.0/64', '10.0.0.1,', '0.0.0']) {
      expect(problemsOf({ ...complete, ALPHAPULSE_TRUSTED_PROXIES: wrong })).toHaveLength(1);
    }
  });

  it('names what is missing', () => {
    expect(problemsOf({})).toHaveLength(Object.keys(complete).length);
  });

  it.each(['1e3', '-1', '', ' 5', '0x10'])('refuses the number %j', (value) => {
    expect(problemsOf({ ...complete, ALPHAPULSE_DATABASE_POOL_MAX: value })).toHaveLength(1);
  });
});
