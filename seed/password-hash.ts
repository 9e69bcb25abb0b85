/** The demo password and its argon2id hash (RFC 9106): made once a run, the same for every seeded user. */
import { argon2 } from 'node:crypto';
import type { Dictionary } from './dictionary.ts';
import { createRandom } from './random/random.ts';

export interface PasswordCost {
  memoryKib: number;
  passes: number;
}

const PARALLELISM = 1;
const TAG_BYTES = 32;
const SALT_HEX_GROUPS = 8;

/** Readable and long enough for any policy. The data is synthetic: this is no secret. */
export function demoPassword(seed: string, { words }: Dictionary): string {
  const random = createRandom(seed, 'password');
  return `Demo-${random.pick(words)}-${random.pick(words)}-${random.between(1000, 9999)}`;
}

/** A PHC string, `$argon2id$v=19$m=…,t=…,p=1$salt$hash`. The salt follows from the seed: equal runs, equal bytes. */
export async function hashDemoPassword(seed: string, password: string, cost: PasswordCost): Promise<string> {
  const salt = Buffer.from(createRandom(seed, 'salt').hex(SALT_HEX_GROUPS), 'hex');
  const tag = await deriveTag(password, salt, cost);
  const parameters = `m=${cost.memoryKib},t=${cost.passes},p=${PARALLELISM}`;
  return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`;
}

function deriveTag(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const parameters = {
    message: password,
    nonce: salt,
    parallelism: PARALLELISM,
    tagLength: TAG_BYTES,
    memory: cost.memoryKib,
    passes: cost.passes,
  };
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
  return promise;
}

/** Base64 without padding, as the PHC string format asks. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
