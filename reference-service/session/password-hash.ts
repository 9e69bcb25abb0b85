/** Argon2id password hashes in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify((parameters: Argon2Parameters, done: (error: Error | null, key: Buffer) => void) =>
  argon2('argon2id', parameters, done),
);

const saltBytes = 16;
const hashBytes = 32;
const phc = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/;

/** What a hash costs whoever computes it. Parallelism is 1: the lanes of one hash would compete with other requests. */
export interface PasswordCost {
  memoryKib: number;
  passes: number;
}

function base64WithoutPadding(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** A new hash under a new salt. */
export async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive({
    message: password,
    nonce: salt,
    parallelism: 1,
    memory: cost.memoryKib,
    passes: cost.passes,
    tagLength: hashBytes,
  });
  const parameters = `m=${cost.memoryKib},t=${cost.passes},p=1`;
  return `$argon2id$v=19$${parameters}$${base64WithoutPadding(salt)}$${base64WithoutPadding(hash)}`;
}

/** The cost that a stored hash was made with. Throws on a string of another format. */
export function costOf(stored: string): PasswordCost {
  const [memoryKib, passes] = parse(stored);
  return { memoryKib, passes };
}

/** Whether the password gives the stored hash, at the cost that the stored string itself names. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [memory, passes, parallelism, salt, expected] = parse(stored);
  const actual = await derive({
    message: password,
    nonce: salt,
    parallelism,
    memory,
    passes,
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected);
}

function parse(stored: string): [memory: number, passes: number, parallelism: number, salt: Buffer, hash: Buffer] {
  const match = phc.exec(stored);
  if (match === null) throw new Error('the stored password hash is not an argon2id PHC string');
  const [, memory, passes, parallelism, salt, hash] = match;
  return [
    Number(memory),
    Number(passes),
    Number(parallelism),
    Buffer.from(salt ?? '', 'base64'),
    Buffer.from(hash ?? '', 'base64'),
  ];
}
