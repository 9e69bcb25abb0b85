/** Where a measurement was taken: enough to know what may be compared with what. */
import { z } from 'zod';

export const environmentKindSchema = z.enum(['embedded', 'containers', 'external']);
export type EnvironmentKind = z.infer<typeof environmentKindSchema>;

export const environmentSchema = z.strictObject({
  kind: environmentKindSchema,
  kindReason: z.string().describe('Why this kind was taken, for instance what `auto` found.'),
  gitSha: z.string().nullable(),
  dirty: z.boolean().nullable(),
  host: z.strictObject({
    cpu: z.string(),
    cores: z.int().positive(),
    memoryBytes: z.number().positive(),
    kernel: z.string(),
    platform: z.string(),
  }),
  versions: z.record(z.string(), z.string()).describe('node, k6, postgres, redis, vault, signoff → version'),
  generatorColocated: z.boolean(),
  settings: z.record(z.string(), z.string()).describe('Server settings that bear on the figures, for instance fsync.'),
  tenants: z.int().positive(),
  rows: z.int().nonnegative(),
  seed: z.string(),
  dataChecksum: z.string(),
});
export type Environment = z.infer<typeof environmentSchema>;
