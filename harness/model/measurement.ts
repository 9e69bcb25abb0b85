/** One block of one experiment as it was measured: when, and every gatherer's artefact. Lies on disk as artefacts/<experiment>-<block>.json. */
import { z } from 'zod';
import { armCostSchema } from './arm-cost.ts';
import { artefactSchema, notGathered } from './artefact.ts';
import { containerUseSchema } from './container-use.ts';
import { crossCheckSchema } from './cross-check.ts';
import { armSchema } from './experiment.ts';
import { databaseStateSchema, machineFactsSchema, ownDatabaseSchema, schedulingFactsSchema } from './guarded-facts.ts';
import { probeLayerSchema } from './probe-layer.ts';

export const processUseSchema = z.strictObject({
  name: z
    .string()
    .describe('k6, harness, service:rls, postgres, redis, vault; engine: what the containers cost besides themselves.'),
  cpuSeconds: z.number().nonnegative(),
  cpuShareOfCores: z
    .number()
    .nonnegative()
    .describe('CPU seconds per wall second and per core of the machine, 0 to 1.'),
  peakRssBytes: z.number().nonnegative(),
});

export const sampleFileSchema = z.strictObject({
  file: z.string().describe('Path inside the run folder, for instance samples/target-0.parquet.'),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});

/** What the control groups that hold the generator let it have; the group with its limit nearest to being felt decides. */
export const generatorCgroupSchema = z.strictObject({
  cpuLimit: z.number().positive().nullable().describe('In cores, the tightest over all levels; null: none.'),
  periods: z
    .number()
    .nonnegative()
    .describe('Of the limit, in the measured window, at the level that throttled most; 0 without a limit.'),
  throttledPeriods: z.number().nonnegative(),
  throttledSeconds: z.number().nonnegative().describe('Added up over the cores that stood still.'),
  oomKills: z
    .number()
    .nonnegative()
    .describe('Processes that the kernel killed for memory in the group of k6, from before the load until after it.'),
});
export type GeneratorCgroup = z.infer<typeof generatorCgroupSchema>;

/** What run folders written before these figures were gathered are read as. */
const gatheredLater = notGathered('NOT_MEASURED', 'this run was measured by a signoff that did not gather it yet');

export const generatorSchema = z.strictObject({
  exitCode: z.int().nullable().describe('null when it was ended by a signal.'),
  signal: z.string().nullable(),
  stderrTail: z.array(z.string()),
  setupEndedAtMs: z.number().describe('Unix ms at which the first iteration of the load began.'),
  endedAtMs: z.number(),
  requests: z.int().nonnegative().describe('Rows in the measured window, after the warm-up.'),
  errors: z.int().nonnegative().describe('Transport errors and unexpected statuses in the measured window.'),
  iterations: z.int().nonnegative(),
  droppedIterations: z.int().nonnegative(),
  offeredPerSecond: z
    .number()
    .nonnegative()
    .describe('Open: the declared rate. Closed: what the users would offer at zero latency.'),
  achievedPerSecond: z
    .number()
    .nonnegative()
    .describe('Started iterations (open) or requests (closed) per second of the measured window.'),
  cpuShare: z
    .number()
    .nonnegative()
    .describe('CPU used by k6 as a share of what it may use (GOMAXPROCS cores), 0 to 1.'),
  gomaxprocs: z.int().positive(),
  cgroup: artefactSchema(generatorCgroupSchema).default(gatheredLater),
});

export const hostSchema = z.strictObject({
  stealShare: z.number().nonnegative().nullable().describe('0 to 1 of all cores; null where the kernel does not tell.'),
  busyShare: z.number().nonnegative(),
  loadAverage1: z.number().nonnegative(),
  memoryAvailableBytes: z.number().nonnegative(),
  processes: z.array(processUseSchema),
});

export const postgresFactsSchema = z.strictObject({
  roles: z.array(
    z.strictObject({
      arm: armSchema,
      user: z.string().describe('current_user as the service itself reports it on /readyz'),
      superuser: z.boolean(),
      bypassRls: z.boolean(),
      ownsTables: z.int().nonnegative(),
    }),
  ),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      rowSecurity: z.boolean(),
      forced: z.boolean(),
      policies: z.int().nonnegative(),
      database: ownDatabaseSchema,
    }),
  ),
  statements: z.array(
    z.strictObject({
      user: z.string(),
      query: z.string().describe('Normalised text; constants are gone.'),
      calls: z.number(),
      meanMs: z.number(),
      totalMs: z.number(),
      rows: z.number(),
      database: ownDatabaseSchema,
    }),
  ),
  cacheHitShare: z.number().nullable(),
  commits: z.number(),
  rollbacks: z.number(),
  deadlocks: z.number(),
  lockWaits: z.number().describe('Backends seen waiting on a lock, summed over the one-second looks.'),
  maxBackends: z.number(),
});

export const redisFactsSchema = z.strictObject({
  commands: z.number(),
  hits: z.number(),
  misses: z.number(),
  usedMemoryBytes: z.number(),
  evictedKeys: z.number(),
});

export const vaultFactsSchema = z.strictObject({
  sealed: z.boolean(),
  requests: z.number().nullable(),
  tokens: z.number().nullable(),
});

export const serviceFactsSchema = z.array(
  z.strictObject({
    arm: armSchema,
    slot: z.int(),
    mode: z.string().describe('RLS_MODE as the service itself reports it.'),
    version: z.string(),
    requests: z.number(),
    errors5xx: z.number(),
    eventLoopLagP99Ms: z.number().nullable(),
    poolWaitingMax: z.number().nullable(),
    poolMax: z.number().nullable().default(null).describe('Most connections that its pool opens; null: not told.'),
    prepared: z.boolean().nullable().default(null).describe('Whether it uses prepared statements; null: not told.'),
  }),
);

/**
 * What a probe goes by. A comparison sees any difference, harmful or not, so it alone never shows that a defect would be noticed by what
 * it does.
 */
export const probeBasisSchema = z
  .enum(['behaviour', 'configuration'])
  .describe(
    'behaviour: something was done or seen that must not be, or a server said that it would let it be done; configuration: a text, a rule or the catalogue was compared with what it should be. Left out: behaviour.',
  );

/** One kind of probe or control, and how often it ended how. */
export const probeCountSchema = z.strictObject({
  layer: probeLayerSchema.default('api'),
  claim: z.enum(['SEC-ISO', 'SEC-AUTHN', 'SEC-AUTHZ']),
  probe: z.string().describe('For instance "foreign-id GET /trades/:id".'),
  kind: z
    .enum(['probe', 'control'])
    .describe('A control is the rightful owner asking for the same thing: it must succeed.'),
  count: z.int().nonnegative(),
  basis: probeBasisSchema.optional(),
  violations: z
    .int()
    .nonnegative()
    .describe('Of a probe: something leaked or was allowed. Of a control: the owner was refused.'),
  undecided: z.int().nonnegative().describe('No answer that says anything: transport error, 5xx, 429.'),
  examples: z.array(z.string()),
});
export type ProbeCount = z.infer<typeof probeCountSchema>;

export const measurementSchema = z.strictObject({
  schemaVersion: z.literal(1),
  experimentId: z.string(),
  scenarioId: z.string(),
  block: z.int().nonnegative(),
  startedAt: z.string(),
  warmUpEndsAtMs: z.number().describe('Unix ms; a sample counts when its request began at or after this.'),
  measureEndsAtMs: z.number().describe('Unix ms; and at or before this: see measured-rows.ts.'),
  assignment: z.array(z.strictObject({ arm: armSchema, slot: z.int() })),
  artefacts: z.strictObject({
    samples: artefactSchema(sampleFileSchema),
    generator: artefactSchema(generatorSchema),
    host: artefactSchema(hostSchema),
    postgres: artefactSchema(postgresFactsSchema),
    redis: artefactSchema(redisFactsSchema),
    vault: artefactSchema(vaultFactsSchema),
    service: artefactSchema(serviceFactsSchema),
    probes: artefactSchema(z.array(probeCountSchema)),
    containers: artefactSchema(z.array(containerUseSchema))
      .default({ ok: true, value: [] })
      .describe('One entry for each container that ran; empty where there are none.'),
    machine: artefactSchema(machineFactsSchema).default(gatheredLater),
    scheduling: artefactSchema(schedulingFactsSchema).default(gatheredLater),
    database: artefactSchema(databaseStateSchema).default(gatheredLater),
    costs: artefactSchema(z.array(armCostSchema))
      .default(gatheredLater)
      .describe('One entry for each arm of a comparison of builds; empty in other experiments.'),
    crossCheck: artefactSchema(crossCheckSchema.nullable())
      .default(gatheredLater)
      .describe('Beside k6 in the experiment of that name; null in every other.'),
  }),
});
export type Measurement = z.infer<typeof measurementSchema>;
export type ArtefactName = keyof Measurement['artefacts'];
