import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forgeTokens } from './forge-tokens.ts';

const NOW = 1_763_808_000;
const { privateKey } = generateKeyPairSync('ed25519');
const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const holder = { userId: 'u', tenantId: 't', tenantSlug: 't00001-acme', role: 'admin' };
const tokens = forgeTokens({ privateKeyPem, kid: 'k1' }, holder, NOW);

function decode(cookie: string) {
  const [header = '', payload = '', signature = ''] = cookie.split('.');
  const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const signed = Buffer.from(`${header}.${payload}`);
  const valid = verify(null, signed, createPublicKey(privateKeyPem), Buffer.from(signature, 'base64url'));
  return { header: json(header), claims: json(payload), valid };
}

const byId = (id: string) => decode(tokens.find((token) => token.id === id)?.cookie ?? '');

/** Whether a verifier that checks everything may let the token in. */
function acceptable(cookie: string): boolean {
  const { header, claims, valid } = decode(cookie);
  const { exp, iss, aud } = claims;
  return (
    valid &&
    header['alg'] === 'EdDSA' &&
    header['kid'] === 'k1' &&
    Number(exp) > NOW &&
    iss === 'alphapulse' &&
    aud === 'alphapulse-api'
  );
}

describe('forgeTokens', () => {
  it('makes one valid token, and each of the others is wrong', () => {
    expect(tokens.filter(({ cookie }) => acceptable(cookie)).map(({ id }) => id)).toEqual(['fresh']);
    expect(tokens.filter(({ expect: wanted }) => wanted === 'accept').map(({ id }) => id)).toEqual(['fresh']);
  });

  it('leaves the right signature on what is wrong in its claims only', () => {
    for (const id of ['expired', 'no-expiry', 'wrong-issuer', 'wrong-audience']) expect(byId(id).valid).toBe(true);
    for (const id of ['none-algorithm', 'no-signature', 'wrong-key', 'hs256-public-key'])
      expect(byId(id).valid).toBe(false);
  });

  it('takes exactly one step from the valid one', () => {
    expect(byId('none-algorithm').header).toEqual({ alg: 'none', typ: 'JWT', kid: 'k1' });
    expect(byId('hs256-public-key').header['alg']).toBe('HS256');
    expect(byId('no-expiry').claims).not.toHaveProperty('exp');
    expect(byId('wrong-key').claims).toEqual(byId('fresh').claims);
  });

  it('holds no key', () => {
    expect(JSON.stringify(tokens)).not.toContain('PRIVATE KEY');
  });
});
