/** Checks passwords at a bounded rate, and takes the same time whether or not the user exists. */
import { availableParallelism } from 'node:os';
import { ApiError } from '../errors/api-error.ts';
import { costOf, hashPassword, verifyPassword, type PasswordCost } from './password-hash.ts';

/** Hashing runs on libuv's threads; more at once than cores would only add memory and delay everything else. */
const concurrency = availableParallelism();
/** Beyond this, a caller waits longer than any login form: better told at once. */
const maximumWaiting = 500;

export interface PasswordChecker {
  hash(password: string): Promise<string>;
  /** `stored` is null when there is no such user: then a hash of the usual cost is computed for nobody. */
  matches(password: string, stored: string | null): Promise<boolean>;
}

export function createPasswordChecker(cost: PasswordCost): PasswordChecker {
  const waiting: (() => void)[] = [];
  let running = 0;
  // What stored hashes usually cost; configuration speaks of new ones only.
  let usualCost = cost;

  async function limited<T>(work: () => Promise<T>): Promise<T> {
    if (waiting.length >= maximumWaiting) throw new ApiError('OVERLOADED');
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    hash: (password) => limited(() => hashPassword(password, cost)),
    matches: (password, stored) =>
      limited(async () => {
        if (stored === null) {
          await hashPassword(password, usualCost);
          return false;
        }
        usualCost = costOf(stored);
        return verifyPassword(password, stored);
      }),
  };
}
