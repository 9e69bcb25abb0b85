/** What the seeded users' password hashes cost: far less than in production, so that a run's logins take seconds. */

/**
 * Argon2id parameters of the demo users' hashes. The service's default for new users is m=19456, t=2 (OWASP's minimum, about
 * 25 ms a login); a quick run logs some thousand users in before its loads. The cost stands in every stored hash and in the
 * report's settings, and logins are no part of any gate.
 */
export const seededPasswordCost = { memoryKib: 4096, passes: 1 } as const;
