/** Attacks on what signatures, hashes and encryption protect: false tokens (CWE-347), stored passwords, stored secrets. */
import { createPublicKey, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { call, logIn } from '../testing/api-client.ts';
import { as, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import {
  claims,
  forge,
  newSigningKey,
  readSigningKey,
  unsigned,
  withKey,
  withSecret,
  type SigningKey,
} from './testing/forge-token.ts';

const attack = attacksOf('A02');
const password = 'a long enough password';
let key: SigningKey;
let header: { alg: string; kid: string };
let database: AdminDatabase;

beforeAll(async () => {
  database = await connectAsAdmin();
  key = await readSigningKey();
  header = { alg: 'EdDSA', kid: key.kid };
});
afterAll(() => database.end());

const statusOf = async (cookie: string): Promise<number> => (await call('GET', '/api/v1/users', { cookie })).status;

/** A token made by hand, with the service's own key: so each forgery below fails for its own reason. */
async function handMadeIsAccepted(): Promise<void> {
  expect(await statusOf(forge(header, claims(), withKey(key)))).toBe(200);
}

async function createUser(): Promise<{ id: string; email: string }> {
  const body = { email: `${randomUUID()}@test.example`, displayName: 'T', role: 'viewer', password };
  const answer = await call('POST', '/api/v1/users', { cookie: await as(mine, 'admin'), body });
  expect(answer.status).toBe(201);
  return { id: String(answer.body['id']), email: body.email };
}

async function storedHash(id: string): Promise<string> {
  const rows = await database.query<{ hash: string }>('select password_hash as hash from users where id = $1', [id]);
  return rows[0]?.hash ?? '';
}

attack('a token signed by a stranger, with the service’s own key id', {
  control: handMadeIsAccepted,
  async attack() {
    expect(await statusOf(forge(header, claims(), withKey(newSigningKey(key.kid))))).toBe(401);
  },
});

attack('a token of the algorithm none', {
  control: handMadeIsAccepted,
  async attack() {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      expect(await statusOf(forge({ ...header, alg }, claims(), unsigned)), alg).toBe(401);
      expect(await statusOf(forge({ ...header, alg }, claims(), withKey(key))), alg).toBe(401);
    }
    expect(await statusOf(forge(header, claims(), unsigned))).toBe(401);
  },
});

attack('a token whose HMAC secret is the public key', {
  control: handMadeIsAccepted,
  async attack() {
    const der = createPublicKey(key.publicKeyPem).export({ type: 'spki', format: 'der' });
    for (const secret of [key.publicKeyPem, key.publicKeyPem.trim(), der, der.subarray(-32), '']) {
      for (const alg of ['HS256', 'EdDSA']) {
        expect(await statusOf(forge({ ...header, alg }, claims(), withSecret(secret)))).toBe(401);
      }
    }
  },
});

attack('a key id that is a path, a statement or a property', {
  control: handMadeIsAccepted,
  async attack() {
    const kids = [
      '../../../../dev/null',
      "x' union select 'secret",
      '__proto__',
      'constructor',
      '/proc/self/environ',
      '',
      '*',
    ];
    const stranger = newSigningKey('x');
    for (const kid of kids) {
      expect(await statusOf(forge({ alg: 'EdDSA', kid }, claims(), withKey(stranger))), kid).toBe(401);
      expect(await statusOf(forge({ alg: 'HS256', kid }, claims(), withSecret(''))), kid).toBe(401);
    }
    expect(await statusOf(forge({ alg: 'EdDSA', kid: ['a'] }, claims(), withKey(key)))).toBe(401);
    expect(await statusOf(forge({ alg: 'EdDSA' }, claims(), withKey(key))), 'none').toBe(401);
  },
});

attack('a token that brings or names its own key', {
  control: handMadeIsAccepted,
  async attack() {
    const stranger = newSigningKey(key.kid);
    const jwk = createPublicKey(stranger.publicKeyPem).export({ format: 'jwk' });
    const elsewhere = 'http://127.0.0.1:1/keys';
    for (const brought of [{ jwk }, { jku: elsewhere }, { x5u: elsewhere }, { x5c: [stranger.publicKeyPem] }]) {
      expect(await statusOf(forge({ ...header, ...brought }, claims(), withKey(stranger)))).toBe(401);
    }
  },
});

attack('a token for another audience, of another issuer, or without a claim', {
  control: handMadeIsAccepted,
  async attack() {
    const audience = [{ aud: 'elsewhere' }, { aud: ['elsewhere'] }, { iss: 'elsewhere' }, { iss: undefined }];
    const identity = [{ sub: undefined }, { tid: undefined }, { tid: '*' }, { role: 'root' }, { role: ['admin'] }];
    for (const change of [...audience, ...identity, { jti: undefined }, { exp: undefined }, { exp: 'never' }]) {
      const status = await statusOf(forge(header, claims(change), withKey(key)));
      expect(status, JSON.stringify(change)).toBe(401);
    }
  },
});

attack('the claims of a token changed under its signature', {
  async control() {
    expect(await statusOf(await as(mine, 'admin'))).toBe(200);
  },
  async attack() {
    const [head = '', , signature = ''] = (await as(mine, 'viewer')).split('.');
    for (const change of [{ role: 'admin' }, { tid: theirs.id }, { sub: userOf(theirs, 'admin').id }]) {
      const payload = Buffer.from(JSON.stringify(claims(change))).toString('base64url');
      expect(await statusOf(`${head}.${payload}.${signature}`), JSON.stringify(change)).toBe(401);
    }
  },
});

attack('a token read for what it gives away', {
  async control() {
    const [, payload = ''] = (await as(mine, 'admin')).split('.');
    const read: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(read).toMatchObject({ tid: mine.id, role: 'admin' });
  },
  async attack() {
    const [, payload = ''] = (await as(mine, 'admin')).split('.');
    const read = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    expect(Object.keys(read).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'role', 'sub', 'tid']);
  },
});

attack('stored passwords guessed from a stolen table', {
  async control() {
    const { email } = await createUser();
    expect((await logIn({ tenant: mine.slug, email, password })).status).toBe(200);
  },
  async attack() {
    const hashes = await Promise.all([createUser(), createUser()].map(async (user) => storedHash((await user).id)));
    // OWASP Password Storage Cheat Sheet: argon2id with 19 MiB and two passes at least; each under a salt of its own.
    for (const hash of hashes) {
      const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$[\w+/]{22}\$[\w+/]{43}$/.exec(hash) ?? [];
      expect([Number(memory) >= 19_456, Number(passes) >= 2], hash.slice(0, 40)).toEqual([true, true]);
    }
    expect(new Set(hashes).size).toBe(2);
  },
});

/** All that the table has of it, as a thief reads it. */
async function storedPortfolio(id: unknown): Promise<string> {
  const text = 'select portfolios::text as row from portfolios where id = $1';
  return (await database.query<{ row: string }>(text, [id]))[0]?.row ?? '';
}

attack('a broker account read from a stolen table', {
  async control() {
    const name = randomUUID();
    const options = { cookie: await as(mine, 'admin'), body: { name, baseCurrency: 'EUR' } };
    const { body } = await call('POST', '/api/v1/portfolios', options);
    expect(await storedPortfolio(body['id']), 'what is not encrypted').toContain(name);
  },
  async attack() {
    const cookie = await as(mine, 'admin');
    const created = await call('POST', '/api/v1/portfolios', { cookie, body: { name: 'vault', baseCurrency: 'EUR' } });
    const path = `/api/v1/portfolios/${String(created.body['id'])}/broker-credentials`;
    const body = { broker: 'b', accountNumber: 'DE0099887766', apiKey: 'k-11223344', apiSecret: 's-55667788' };
    expect((await call('PUT', path, { cookie, body })).status).toBe(204);
    const row = await storedPortfolio(created.body['id']);
    expect(row).toMatch(/vault:v\d+:/);
    for (const secret of [body.accountNumber, body.apiKey, body.apiSecret]) expect(row).not.toContain(secret);
  },
});
