/** Which tenant has which tier: 70 % starter, 25 % pro, 5 % enterprise, as exactly as whole tenants allow. */
import { shuffled } from '../random/random.ts';
import type { Random } from '../random/random.ts';

export const tiers = ['starter', 'pro', 'enterprise'] as const;
export type Tier = (typeof tiers)[number];

/** Shares of the tenants, from the plan of the product. */
const tierPercent: Record<Tier, number> = { starter: 70, pro: 25, enterprise: 5 };

/** How many tenants a tier gets: its whole share, the rest to the largest remainders (Hamilton's method). */
export function countTiers(tenants: number): Record<Tier, number> {
  const counts = { starter: 0, pro: 0, enterprise: 0 };
  for (const tier of tiers) counts[tier] = Math.floor((tenants * tierPercent[tier]) / 100);
  const remainder = (tier: Tier): number => (tenants * tierPercent[tier]) % 100;
  const left = tenants - counts.starter - counts.pro - counts.enterprise;
  const byRemainder = tiers.toSorted((a, b) => remainder(b) - remainder(a));
  for (const tier of byRemainder.slice(0, left)) counts[tier] += 1;
  return counts;
}

/** The tier of every tenant, in seeded order. */
export function assignTiers(tenants: number, random: Random): Tier[] {
  const counts = countTiers(tenants);
  return shuffled(
    tiers.flatMap((tier) => new Array<Tier>(counts[tier]).fill(tier)),
    random,
  );
}
