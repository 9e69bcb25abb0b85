/** result.json: the whole outcome of a run, versioned; the contract between judging and every report format. */
import { z } from 'zod';
import { comparedBuildsSchema } from './build.ts';
import { environmentSchema } from './environment.ts';
import { recordedKillMatrixSchema } from './kill-matrix.ts';
import { levelSchema } from './policy-entry.ts';
import { probeLayerSchema } from './probe-layer.ts';
import { quantitySchema, unitSchema } from './quantity.ts';
import { phaseSchema, prerequisiteSchema } from './run-record.ts';
import { workloadSchema } from './scenario.ts';
import { recordedSelftestSchema } from './selftest.ts';
import { verdictSchema } from './verdict.ts';

export const validitySchema = z.strictObject({
  id: z.string(),
  scope: z.string().nullable().describe('Experiment that the guard watched; null for the whole run.'),
  ok: z.boolean(),
  observed: z.number().nullable().describe('null when it could not be read: then ok is false.'),
  limit: z.number(),
  unit: unitSchema,
  why: z.string(),
  invalidatesRun: z
    .boolean()
    .optional()
    .describe('Whether its failure in one experiment makes the whole run invalid. Absent: that experiment only.'),
});
export type Validity = z.infer<typeof validitySchema>;

const endpointSummarySchema = z.strictObject({
  endpoint: z.string(),
  requests: z.int(),
  errors: z.int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});

export const scenarioSummarySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  workload: workloadSchema,
  blocks: z.int(),
  requests: z.int().nonnegative(),
  errors: z.int().nonnegative(),
  offeredPerSecond: z.number(),
  achievedPerSecond: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  endpoints: z.array(endpointSummarySchema),
  series: z
    .array(
      z.strictObject({
        secondsFromStart: z.number(),
        warmUp: z.boolean(),
        requests: z.int(),
        errors: z.int(),
        p50Ms: z.number().nullable(),
        p99Ms: z.number().nullable(),
      }),
    )
    .describe('One-second windows of the first block, for the chart of latency over time.'),
  distribution: z
    .array(z.strictObject({ fromMs: z.number(), toMs: z.number(), requests: z.int() }))
    .describe('Log-spaced bins of the measured window.'),
});
export type ScenarioSummary = z.infer<typeof scenarioSummarySchema>;

export const findingSchema = z.strictObject({
  id: z.string(),
  title: z.string().describe('Of the outcome: the failure title when it is broken.'),
  why: z.string(),
  source: z.array(z.string()),
  gated: z.boolean().describe('Whether this profile measures it and the verdict depends on it.'),
  level: levelSchema.optional().describe('What the policy makes of it. Absent: error.'),
  outcome: z.enum(['holds', 'broken', 'inconclusive']),
  quantity: quantitySchema.nullable(),
  limit: z.number().nullable(),
  margin: z
    .number()
    .optional()
    .describe('Of a comparison of builds: it holds up to here, and is broken only over the limit.'),
  unit: unitSchema.nullable(),
  explanation: z.string(),
  needs: z.string().nullable(),
  heldBackBy: z
    .array(z.string())
    .optional()
    .describe('Failed guards because of which it is inconclusive, whatever its figures would say. Absent: none.'),
  evidence: z.array(
    z.strictObject({
      label: z.string(),
      quantity: quantitySchema.nullable(),
      outcome: z.enum(['holds', 'broken', 'inconclusive']).nullable(),
      note: z.string().nullable(),
    }),
  ),
});
export type Finding = z.infer<typeof findingSchema>;

export const probeRowSchema = z.strictObject({
  claim: z.string(),
  layer: probeLayerSchema.optional().describe('Absent in results of earlier versions.'),
  probe: z.string(),
  probes: z.int(),
  leaks: z.int(),
  undecided: z.int(),
  controls: z.int(),
  controlFailures: z.int(),
  examples: z.array(z.string()),
});

const judgedPolicySchema = z.strictObject({
  sha256: z.string().describe('Of policy.json in the same folder.'),
  firstSha256: z
    .string()
    .describe('Of the policy that the run was judged with first; another: judged anew by another.'),
  switchedOff: z.array(z.string()).describe('Claims, guards and gates that the policy does not have judged.'),
  warnings: z.array(z.string()).describe('Guards that failed and are only told of, by the policy.'),
});
export type JudgedPolicy = z.infer<typeof judgedPolicySchema>;

export const resultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  startedAt: z.string(),
  judgedAt: z.string(),
  verdict: verdictSchema,
  exitCode: z.int(),
  policy: judgedPolicySchema.optional().describe('Absent in results of earlier versions.'),
  reasons: z.array(z.string()).describe('Why the verdict is what it is, most important first.'),
  profile: z.string(),
  plantedDefect: z
    .string()
    .nullable()
    .describe('A defect planted on purpose: such a run shows that the gate goes red, not that the architecture holds.'),
  comparison: comparedBuildsSchema.optional().describe('Only where two builds were compared live.'),
  environment: environmentSchema,
  environmentReadyMs: z.number(),
  prerequisites: z.array(prerequisiteSchema),
  validity: z.array(validitySchema),
  scenarios: z.array(scenarioSummarySchema),
  findings: z.array(findingSchema),
  isolation: z.strictObject({
    probes: z.int(),
    leaks: z.int(),
    rows: z.array(probeRowSchema),
    mutants: z
      .array(z.strictObject({ id: z.string(), layer: z.string(), outcome: z.string() }))
      .describe('Of the kill matrix, where one is known: killed, survived, equivalent or not-applied.'),
    matrix: recordedKillMatrixSchema
      .optional()
      .describe('Which planted defect was noticed by which probe; absent in results of earlier versions.'),
  }),
  logins: z
    .strictObject({ count: z.int(), p50Ms: z.number().nullable(), p95Ms: z.number().nullable() })
    .describe('Real logins before the load: their cost, apart from the gates.'),
  processes: z.array(
    z.strictObject({
      scenario: z.string(),
      name: z.string(),
      cpuSeconds: z.number(),
      cpuShareOfCores: z.number(),
      peakRssBytes: z.number(),
    }),
  ),
  containers: z
    .array(
      z.strictObject({
        scenario: z.string(),
        name: z.string(),
        image: z.string(),
        cpuLimit: z.number().nullable().describe('In cores; null: none.'),
        cpuCores: z.number(),
        cpuShareOfLimit: z.number().nullable(),
        throttledShare: z.number().describe('Of the periods of its CPU limit, 0 to 1.'),
        throttledSeconds: z.number(),
        memoryPeakBytes: z.number(),
        memoryLimitBytes: z.number().nullable(),
        oomKills: z.number(),
        restarts: z.number(),
      }),
    )
    .default([])
    .describe('Of each container in each scenario: kills and restarts over all blocks, other figures of the worst.'),
  phases: z.array(phaseSchema),
  incomplete: z.string().nullable().describe('Why the run ended early; null when it went to its end.'),
  selftest: recordedSelftestSchema.optional().describe('The newest of this machine; absent where there was none.'),
});
export type Result = z.infer<typeof resultSchema>;
export const resultSchemaVersion = 1;
