/** What `signoff mutate` found: which planted defect was noticed by which probe. */
import { z } from 'zod';
import { environmentKindSchema } from './environment.ts';
import { mutantLayerSchema } from './mutant.ts';
import { probeLayerSchema } from './probe-layer.ts';

export const mutantOutcomes = ['killed', 'survived', 'equivalent', 'not-applied'] as const;
export const mutantOutcomeSchema = z.enum(mutantOutcomes);

const killSchema = z.strictObject({
  probe: z.string(),
  layer: probeLayerSchema,
  violations: z.int().positive(),
  count: z.int().positive().describe('How often it was tried on this mutant.'),
  example: z.string().nullable(),
});

export const triedMutantSchema = z.strictObject({
  id: z.string(),
  layer: mutantLayerSchema,
  title: z.string(),
  claim: z.string(),
  outcome: mutantOutcomeSchema,
  killedBy: z.array(killSchema).describe('Empty unless it was killed.'),
  reason: z.string().nullable().describe('Why it is equivalent, or was not applied; null otherwise.'),
  wallMs: z.number().nonnegative(),
});
export type TriedMutant = z.infer<typeof triedMutantSchema>;

const triedProbeSchema = z.strictObject({
  probe: z.string(),
  layer: probeLayerSchema,
  claim: z.string(),
  count: z.int().nonnegative().describe('On the intact system.'),
  violations: z.int().nonnegative().describe('On the intact system: a false alarm.'),
  undecided: z.int().nonnegative(),
  controls: z.int().nonnegative(),
  controlFailures: z.int().nonnegative(),
});

export const killMatrixSchema = z.strictObject({
  schemaVersion: z.literal(1),
  startedAt: z.string(),
  wallMs: z.number().nonnegative(),
  version: z.string().describe('Of signoff.'),
  commit: z.string().nullable(),
  fingerprint: z
    .string()
    .describe('SHA-256 of the probes, the mutants and the sources of the service: with other ones it says nothing.'),
  environment: environmentKindSchema,
  tenants: z.int().positive(),
  notTried: z.array(z.string()).describe('Ids of mutants that were left out, or that an interruption left.'),
  probes: z.array(triedProbeSchema),
  mutants: z.array(triedMutantSchema),
});
export type KillMatrix = z.infer<typeof killMatrixSchema>;
