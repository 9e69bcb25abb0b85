/** The handle of a running system under test: addresses, process ids and admin credentials. Never written to a run folder. */
import { z } from 'zod';
import { armSchema } from './experiment.ts';
import { environmentKindSchema } from './environment.ts';

const pidSchema = z
  .int()
  .positive()
  .nullable()
  .describe('null where the process is not ours to see (containers, external).');

export const serviceInstanceSchema = z.strictObject({
  arm: armSchema,
  slot: z
    .int()
    .nonnegative()
    .describe('Arms change slots between blocks, so that no arm keeps one port or start order.'),
  url: z.url(),
  pid: pidSchema,
  database: z
    .string()
    .optional()
    .describe('Its own database, where it has one: a copy of the seeded one, so that what builds do is told apart.'),
});
export type ServiceInstance = z.infer<typeof serviceInstanceSchema>;

export const containerSchema = z.strictObject({
  name: z.string().describe('postgres, redis, vault or service:ARM, as in `processes` of a measurement'),
  id: z.string().regex(/^[0-9a-f]{64}$/),
  composeService: z.string().describe('Its name in docker-compose.yml.'),
  image: z.string().describe('As docker-compose.yml or an override of it names it.'),
  imageId: z.string().describe('What really runs: the digest of the image configuration.'),
  cpuLimit: z.number().positive().nullable().describe('In cores; null: none.'),
  memoryLimitBytes: z.int().positive().nullable().describe('null: none.'),
});
export type Container = z.infer<typeof containerSchema>;

export const systemSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string(),
  kind: environmentKindSchema,
  directory: z.string().describe('Private folder with data, logs and secrets; goes when the system is stopped.'),
  startedAt: z.string(),
  readyMs: z.number().nonnegative().describe('From the first process started to every health check green.'),
  harnessPid: z
    .int()
    .positive()
    .describe('Who started it; when that process is gone and `keep` is false, it is a left-over.'),
  keep: z.boolean(),
  services: z.array(serviceInstanceSchema),
  serviceImage: z
    .string()
    .nullable()
    .describe('What service containers are started from; null: services are processes.'),
  containers: z.array(containerSchema).describe('Those that run now, services included; empty where there are none.'),
  postgres: z.strictObject({
    host: z.string(),
    port: z.int(),
    database: z.string(),
    adminUser: z.string(),
    adminPassword: z.string(),
    appUser: z.string(),
    exemptUser: z.string(),
    pid: pidSchema,
  }),
  redis: z.strictObject({
    host: z.string(),
    port: z.int(),
    adminUser: z.string(),
    adminPassword: z.string(),
    pid: pidSchema,
  }),
  vault: z.strictObject({ address: z.url(), rootToken: z.string(), unsealKey: z.string(), pid: pidSchema }),
  manifestPath: z.string().nullable().describe('Seed manifest of the data that is loaded; null before the first seed.'),
});
export type System = z.infer<typeof systemSchema>;
