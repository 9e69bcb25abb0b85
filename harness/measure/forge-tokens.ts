/** Makes session tokens that must be refused, each one step away from a valid one, and a valid one as their control. */
import { createHmac, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';

export interface SigningKey {
  privateKeyPem: string;
  kid: string;
}

export interface TokenHolder {
  userId: string;
  tenantId: string;
  tenantSlug: string;
  role: string;
}

/** An entry of the file that isolation.ts reads (variable TOKENS). */
export interface ForgedToken {
  id: string;
  kind: 'control' | 'forged';
  claim: 'SEC-AUTHN';
  description: string;
  /** Value of the session cookie. */
  cookie: string;
  tenantSlug: string;
  expect: 'accept' | 'reject';
}

const SESSION_SECONDS = 3_600;

type Json = Record<string, unknown>;
type Forgery = [id: string, description: string, token: string];
type Signer = (signed: string) => string;

const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** RFC 7515 compact form. */
function encode(header: Json, claims: Json, signer: Signer): string {
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${signer(signed)}`;
}

/** RFC 8037: EdDSA over the ASCII of header and payload. */
const edDsa =
  (privateKeyPem: string): Signer =>
  (signed) =>
    sign(null, Buffer.from(signed), privateKeyPem).toString('base64url');

function claimsOf({ userId, tenantId, role }: TokenHolder, nowSeconds: number): Json {
  return {
    sub: userId,
    tid: tenantId,
    role,
    jti: randomUUID(),
    iat: nowSeconds,
    exp: nowSeconds + SESSION_SECONDS,
    iss: 'alphapulse',
    aud: 'alphapulse-api',
  };
}

/** RFC 8725 §2.1 lists the attacks on algorithm and key; §3 what a verifier must check. */
export function forgeTokens(key: SigningKey, holder: TokenHolder, nowSeconds: number): ForgedToken[] {
  const header = { alg: 'EdDSA', typ: 'JWT', kid: key.kid };
  const claims = claimsOf(holder, nowSeconds);
  const withoutExpiry = { ...claims, exp: undefined };
  const own = edDsa(key.privateKeyPem);
  const stranger = edDsa(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const publicPem = createPublicKey(key.privateKeyPem).export({ type: 'spki', format: 'pem' }).toString();
  const publicAsSecret: Signer = (signed) => createHmac('sha256', publicPem).update(signed).digest('base64url');
  const past = { iat: nowSeconds - 2 * SESSION_SECONDS, exp: nowSeconds - SESSION_SECONDS };
  const forged: Forgery[] = [
    ['expired', 'right key, expired an hour ago', encode(header, { ...claims, ...past }, own)],
    ['no-expiry', 'right key, no expiry', encode(header, withoutExpiry, own)],
    ['none-algorithm', 'algorithm none, no signature', encode({ ...header, alg: 'none' }, claims, () => '')],
    ['no-signature', 'algorithm EdDSA, signature left out', encode(header, claims, () => '')],
    ['wrong-key', 'signed with another Ed25519 key under the same key id', encode(header, claims, stranger)],
    [
      'unknown-key-id',
      'signed with another key under its own key id',
      encode({ ...header, kid: 'stranger' }, claims, stranger),
    ],
    [
      'hs256-public-key',
      'HS256 with the public key as its secret',
      encode({ ...header, alg: 'HS256' }, claims, publicAsSecret),
    ],
    ['wrong-issuer', 'right key, another issuer', encode(header, { ...claims, iss: 'somebody-else' }, own)],
    ['wrong-audience', 'right key, another audience', encode(header, { ...claims, aud: 'another-api' }, own)],
  ];
  return [
    entry('fresh', 'control', 'right key, right claims', encode(header, claims, own), holder),
    ...forged.map(([id, description, token]) => entry(id, 'forged', description, token, holder)),
  ];
}

function entry(
  id: string,
  kind: ForgedToken['kind'],
  description: string,
  cookie: string,
  { tenantSlug }: TokenHolder,
): ForgedToken {
  return {
    id,
    kind,
    claim: 'SEC-AUTHN',
    description,
    cookie,
    tenantSlug,
    expect: kind === 'control' ? 'accept' : 'reject',
  };
}
