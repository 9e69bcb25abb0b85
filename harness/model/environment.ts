/** Where a measurement was taken: enough to know what may be compared with what. */
import { z } from 'zod';

export const environmentKindSchema = z.enum(['embedded', 'containers', 'external']);
export type EnvironmentKind = z.infer<typeof environmentKindSchema>;

/** How containers are run; null where there are none. */
export const engineSchema = z.strictObject({
  name: z.string().describe('For instance docker.'),
  version: z.string(),
  composeVersion: z.string().nullable().describe('null where it is not known.'),
  cgroupVersion: z.string().describe('1 or 2'),
  cgroupDriver: z.string().describe('cgroupfs or systemd'),
  storageDriver: z.string(),
  operatingSystem: z.string().describe('Of the machine or the virtual machine that the engine runs on.'),
  userlandProxy: z
    .boolean()
    .nullable()
    .describe('Whether requests to published ports pass a proxy process; null where that cannot be seen.'),
});
export type EngineDescription = z.infer<typeof engineSchema>;

/** One container of docker-compose.yml, with the limits that are part of what is measured. */
export const containerLimitsSchema = z.strictObject({
  composeService: z.string(),
  image: z.string(),
  imageId: z.string(),
  cpuLimit: z.number().positive().nullable().describe('In cores; null: none.'),
  memoryLimitBytes: z.int().positive().nullable().describe('null: none.'),
});
export type ContainerLimits = z.infer<typeof containerLimitsSchema>;

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
  engine: engineSchema.nullable().default(null),
  containers: z
    .array(containerLimitsSchema)
    .default([])
    .describe('In order of their names, the service once, as it is declared; empty where there are none.'),
  tenants: z.int().positive(),
  rows: z.int().nonnegative(),
  seed: z.string(),
  dataChecksum: z.string(),
});
export type Environment = z.infer<typeof environmentSchema>;
