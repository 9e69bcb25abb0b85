/** Unit tests of the password checker: unknown users cost as much as known ones, and waiting is bounded. */
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { createPasswordChecker } from './password-checker.ts';
import { hashPassword } from './password-hash.ts';

const cheap = { memoryKib: 64, passes: 1 };

describe('the password checker', () => {
  it('matches the right password only', async () => {
    const checker = createPasswordChecker(cheap);
    const stored = await checker.hash('correct horse');
    expect(await checker.matches('correct horse', stored)).toBe(true);
    expect(await checker.matches('wrong', stored)).toBe(false);
    expect(await checker.matches('correct horse', null)).toBe(false);
  });

  it('spends on nobody what stored hashes cost, not what new ones would', async () => {
    const checker = createPasswordChecker(cheap);
    const costly = { memoryKib: 16_384, passes: 2 };
    await checker.matches('x', await hashPassword('y', costly));
    const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const nobody = await cpuOf(() => checker.matches('x', null));
    const atConfiguredCost = await cpuOf(() => hashPassword('x', cheap));
    expect(nobody).toBeGreaterThan(5 * atConfiguredCost);
  });

  it('refuses rather than let a queue grow without bound', async () => {
    const checker = createPasswordChecker(cheap);
    const attempts = await Promise.allSettled(Array.from({ length: 600 }, () => checker.matches('x', null)));
    const refused = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((attempt) => attempt.reason instanceof ApiError && attempt.reason.code === 'OVERLOADED')).toBe(
      true,
    );
    expect(await checker.matches('x', null)).toBe(false);
  });
});
