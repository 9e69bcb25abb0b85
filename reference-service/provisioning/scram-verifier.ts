/** A password as Postgres stores it: SCRAM-SHA-256 (RFC 5802, RFC 7677), so that no server ever sees or logs it in clear. */
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Postgres' own default (scram_iterations). */
const iterationCount = 4096;
const saltBytes = 16;
const keyBytes = 32;

const verifierPattern = /^SCRAM-SHA-256\$(?<iterations>\d+):(?<salt>[^$]+)\$(?<storedKey>[^:]+):(?<serverKey>.+)$/;

/**
 * The text of pg_authid.rolpassword: `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey`, in base64.
 * For passwords in ASCII, which SASLprep leaves as they are.
 */
export function scramVerifier(
  password: string,
  salt: Buffer = randomBytes(saltBytes),
  iterations = iterationCount,
): string {
  const salted = pbkdf2Sync(password, salt, iterations, keyBytes, 'sha256');
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}

/** Whether what Postgres has stored is this password. */
export function matchesVerifier(password: string, stored: string | null): boolean {
  const parts = verifierPattern.exec(stored ?? '')?.groups;
  if (stored === null || parts === undefined) return false;
  const { iterations = '', salt = '' } = parts;
  const expected = scramVerifier(password, Buffer.from(salt, 'base64'), Number(iterations));
  return expected.length === stored.length && timingSafeEqual(Buffer.from(expected), Buffer.from(stored));
}
