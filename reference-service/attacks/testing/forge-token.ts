/** Makes session tokens that the service never issued: with its real key, with others, and with none. */
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { inject } from 'vitest';
import { z } from 'zod';
import { mine, userOf } from './actors.ts';

const keySchema = z.object({
  data: z.object({ data: z.object({ privateKeyPem: z.string(), publicKeyPem: z.string(), kid: z.string() }) }),
});

export interface SigningKey {
  privateKeyPem: string;
  publicKeyPem: string;
  kid: string;
}

/** The key that the service signs with, read as whoever holds Vault's root token: for controls only. */
export async function readSigningKey(): Promise<SigningKey> {
  const { address, rootToken } = inject('system').vault;
  const response = await fetch(`${address}/v1/kv/data/service/jwt`, { headers: { 'x-vault-token': rootToken } });
  return keySchema.parse(await response.json()).data.data;
}

export function newSigningKey(kid: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    kid,
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Claims of an administrator of the attacker's tenant, good for a minute, but for the changes. */
export function claims(changes: object = {}): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: userOf(mine, 'admin').id,
    tid: mine.id,
    role: 'admin',
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    iss: 'alphapulse',
    aud: 'alphapulse-api',
    ...changes,
  };
}

export type Signer = (input: string) => string;

export const withKey =
  ({ privateKeyPem }: SigningKey): Signer =>
  (input) =>
    sign(null, Buffer.from(input), privateKeyPem).toString('base64url');

export const withSecret =
  (secret: string | Buffer): Signer =>
  (input) =>
    createHmac('sha256', secret).update(input).digest('base64url');

export const unsigned: Signer = () => '';

/** The cookie with a token of that header and these claims. */
export function forge(header: object, payload: object, signer: Signer): string {
  const input = `${encode({ typ: 'JWT', ...header })}.${encode(payload)}`;
  return `alphapulse_session=${input}.${signer(input)}`;
}
