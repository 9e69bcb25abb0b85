/** Declares an attack as a test, under its OWASP Top 10 (2021) category: https://owasp.org/Top10/2021/ */
import { it } from 'vitest';

export const owaspCategories = {
  A01: 'Broken Access Control',
  A02: 'Cryptographic Failures',
  A03: 'Injection',
  A04: 'Insecure Design',
  A05: 'Security Misconfiguration',
  A06: 'Vulnerable and Outdated Components',
  A07: 'Identification and Authentication Failures',
  A08: 'Software and Data Integrity Failures',
  A09: 'Security Logging and Monitoring Failures',
  A10: 'Server-Side Request Forgery',
} as const;

export type OwaspCategory = keyof typeof owaspCategories;

interface Attack {
  /** The legitimate form of the same thing: it succeeds, or a refusal of the attack would prove nothing. */
  control: () => void | Promise<void>;
  attack: () => void | Promise<void>;
}

/** `attack('…', { control, attack })` declares one; the name of the test begins with the category. */
export function attacksOf(category: OwaspCategory): (name: string, steps: Attack) => void {
  return (name, { control, attack }) => {
    it(`${category}:2021 ${owaspCategories[category]}: ${name}`, async () => {
      await control();
      await attack();
    });
  };
}
