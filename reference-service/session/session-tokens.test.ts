/** Unit tests of session tokens: what is accepted, and the many things that are not. */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import jwt from '@fastify/jwt';
import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { jwtOptions } from './jwt-options.ts';
import type { SessionKey } from './session-keys.ts';
import { createSessionTokens } from './session-tokens.ts';

function newKey(kid: string): SessionKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    kid,
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

const user = { id: randomUUID(), tenantId: randomUUID(), role: 'trader' } as const;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function forge(key: SessionKey, header: object, claims: object): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign(null, Buffer.from(input), key.privateKeyPem).toString('base64url')}`;
}

function claimsFrom(changes: object = {}): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: user.id,
    tid: user.tenantId,
    role: user.role,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    iss: 'alphapulse',
    aud: 'alphapulse-api',
    ...changes,
  };
}

async function setUp(sessionSeconds = 60) {
  const key = newKey('one');
  const publicKeys = new Map([[key.kid, key.publicKeyPem]]);
  const app = fastify();
  await app.register(jwt, jwtOptions(key));
  let current = key;
  const keys = {
    current: () => current,
    publicKey: (kid: string) => publicKeys.get(kid) ?? null,
    stop: () => undefined,
  };
  const rotate = (next: SessionKey) => {
    publicKeys.set(next.kid, next.publicKeyPem);
    current = next;
  };
  return { key, publicKeys, rotate, tokens: createSessionTokens(app.jwt, keys, sessionSeconds) };
}

const header = { alg: 'EdDSA', typ: 'JWT', kid: 'one' };

describe('session tokens', () => {
  it('give the principal back, the first time and from memory', async () => {
    const { tokens } = await setUp();
    const { token, expiresAt } = tokens.issue(user);
    const principal = tokens.verify(token);
    expect(principal).toMatchObject({ userId: user.id, tenantId: user.tenantId, role: 'trader' });
    expect(principal?.expiresAt).toBe(expiresAt.getTime() / 1000);
    expect(tokens.verify(token)).toBe(principal);
  });

  it('accept a hand-made token with the right key and claims: the forgeries below fail for their own reason', async () => {
    const { tokens, key } = await setUp();
    expect(tokens.verify(forge(key, header, claimsFrom()))).not.toBeNull();
  });

  it.each([
    ['expired', header, { exp: 1 }],
    ['of another issuer', header, { iss: 'elsewhere' }],
    ['for another audience', header, { aud: 'elsewhere' }],
    ['without expiry', header, { exp: undefined }],
    ['without a tenant', header, { tid: undefined }],
    ['whose tenant is no UUID', header, { tid: "' or 1=1" }],
    ['with an unknown role', header, { role: 'root' }],
    ['of an unknown key', { ...header, kid: 'two' }, {}],
    ['without a key id', { alg: 'EdDSA', typ: 'JWT' }, {}],
    ['that claims another algorithm', { ...header, alg: 'HS256' }, {}],
    ['that claims no algorithm', { ...header, alg: 'none' }, {}],
  ])('refuse one %s', async (_what, tokenHeader, changes) => {
    const { tokens, key } = await setUp();
    expect(tokens.verify(forge(key, tokenHeader, claimsFrom(changes)))).toBeNull();
  });

  it('refuse one signed by a stranger, an unsigned one, one with other claims, and what is no token', async () => {
    const { tokens } = await setUp();
    const { token } = tokens.issue(user);
    const [head = '', , signature = ''] = token.split('.');
    expect(tokens.verify(forge(newKey('one'), header, claimsFrom()))).toBeNull();
    expect(tokens.verify(`${encode({ alg: 'none', typ: 'JWT', kid: 'one' })}.${encode(claimsFrom())}.`)).toBeNull();
    expect(tokens.verify(`${head}.${encode(claimsFrom({ role: 'admin' }))}.${signature}`)).toBeNull();
    expect(tokens.verify('')).toBeNull();
    expect(tokens.verify('a.b.c')).toBeNull();
    expect(tokens.verify('x'.repeat(5000))).toBeNull();
  });

  it('outlive a change of the key, and are refused once the key is gone', async () => {
    const { tokens, rotate, publicKeys } = await setUp();
    const before = tokens.issue(user).token;
    rotate(newKey('two'));
    const after = tokens.issue(user).token;
    expect(tokens.verify(before)).not.toBeNull();
    expect(tokens.verify(after)).not.toBeNull();
    publicKeys.delete('two');
    const never = tokens.issue({ ...user, id: randomUUID() }).token;
    expect(tokens.verify(never)).toBeNull();
  });
});
