/** The seed manifest as the harness and the k6 scripts read it: what was loaded, and what belongs to whom. Written by seed/. */
import { z } from 'zod';

export const roleSchema = z.enum(['admin', 'trader', 'viewer']);

export const manifestTenantSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  tier: z.enum(['starter', 'pro', 'enterprise']),
  canary: z.string().regex(/^cnry_[0-9a-f]{12}$/),
  users: z.array(z.object({ id: z.uuid(), email: z.string(), role: roleSchema })).min(3),
  samples: z
    .object({
      portfolios: z.array(z.uuid()).min(1),
      strategies: z.array(z.uuid()).min(1),
      signals: z.array(z.uuid()).min(1),
      orders: z.array(z.uuid()).min(1),
      trades: z.array(z.uuid()).min(1),
      riskLimits: z.array(z.uuid()).min(1),
    })
    .describe('A few ids a table, so that probes can ask for rows that really exist.'),
  rows: z.int().positive(),
  expected: z.object({
    trades: z.int(),
    positions: z.int(),
    grossExposure: z
      .string()
      .regex(/^\d+\.\d{2}$/)
      .describe('Σ |quantity × last close| over the positions, in cents precision.'),
  }),
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
});

export const manifestSchema = z.object({
  schemaVersion: z.literal(1),
  seed: z.string(),
  tenantCount: z.int().positive(),
  rows: z.int().positive(),
  checksum: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 over the tenants' checksums in order."),
  demoPassword: z.string().describe('Of every seeded user. Synthetic data: not a secret.'),
  symbols: z.array(z.string()).min(1),
  tenants: z.array(manifestTenantSchema).min(1),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestTenant = z.infer<typeof manifestTenantSchema>;
