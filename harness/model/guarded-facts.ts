/** What is gathered of a block for its guards alone: the machine, the generator's threads, and the state of the database. */
import { z } from 'zod';
import { armSchema } from './experiment.ts';

export const machineFactsSchema = z.strictObject({
  clockStepMs: z.number().nonnegative().describe('Largest movement of the wall clock against the monotonic one.'),
  swappedPages: z
    .number()
    .nonnegative()
    .describe('In and out, on the whole machine, from before the load until after it.'),
  diskFreeBytes: z
    .number()
    .nonnegative()
    .describe('Least of the disks of the run folder and of the system, before the load and after it.'),
});
export type MachineFacts = z.infer<typeof machineFactsSchema>;

export const schedulingFactsSchema = z.strictObject({
  waitSeconds: z.number().nonnegative().describe('Threads of k6 that were ready and had no processor, added up.'),
  runSeconds: z.number().nonnegative(),
  slices: z.number().nonnegative().describe('How often one of them was given a processor.'),
});
export type SchedulingFacts = z.infer<typeof schedulingFactsSchema>;

export const ownDatabaseSchema = z
  .string()
  .optional()
  .describe('Where arms have databases of their own: which of them; left out where all share one.');

const tableWritesSchema = z.strictObject({
  database: ownDatabaseSchema,
  name: z.string(),
  filenode: z.string().describe('Changes when the table is truncated or written anew.'),
  writes: z.number().nonnegative().describe('Rows inserted, updated and deleted since statistics were last reset.'),
});
export type TableWrites = z.infer<typeof tableWritesSchema>;

const roleSettingsSchema = z
  .array(z.strictObject({ user: z.string(), settings: z.string() }))
  .describe('Settings of roles that are no superuser, for instance plan_cache_mode, for this database and for all.');

const armDatabaseSchema = z.strictObject({
  database: z.string(),
  arms: z.array(armSchema).min(1),
  tenants: z.int().nonnegative(),
  roleSettings: roleSettingsSchema,
  settings: z.string().describe('Of the database itself and of its tables, for instance autovacuum_enabled.'),
  autovacuumLooks: z
    .number()
    .nonnegative()
    .optional()
    .describe('Looks that saw an autovacuum worker in this database. Absent in runs of earlier versions.'),
});

export const databaseStateSchema = z.strictObject({
  connectionBudget: z.number().describe('max_connections without those that are reserved for superusers and by role.'),
  otherConnections: z
    .number()
    .nonnegative()
    .describe('Most client backends seen at once that are not of the services; this reader and its sibling included.'),
  checkpointsRequested: z.number().nonnegative().describe('Begun during the block, by WAL volume or by command.'),
  checkpointsTimed: z.number().nonnegative().describe('Begun during the block, by the clock.'),
  looks: z.number().nonnegative().describe('One a second through the measured window, and one at each of its ends.'),
  autovacuumLooks: z
    .number()
    .nonnegative()
    .describe('Those that saw an autovacuum worker in any database of the server.'),
  roleSettings: roleSettingsSchema,
  tenants: z.int().nonnegative(),
  ownDatabases: z
    .array(armDatabaseSchema)
    .optional()
    .describe(
      'Left out where all arms share one database; else `roleSettings` and `tenants` are of the first of these.',
    ),
  before: z.array(tableWritesSchema).describe('Every table of the schema public, before the load.'),
  after: z.array(tableWritesSchema),
});
export type DatabaseState = z.infer<typeof databaseStateSchema>;
