/** What `signoff mutate` found: which planted defect was noticed by which probe, and what follows from it. */
import { z } from 'zod';
import { environmentKindSchema } from './environment.ts';
import { probeBasisSchema } from './measurement.ts';
import { mutantLayerSchema } from './mutant.ts';
import { probeLayerSchema } from './probe-layer.ts';
import type { Verdict } from './verdict.ts';

export const mutantOutcomes = ['killed', 'survived', 'equivalent', 'not-applied'] as const;
export const mutantOutcomeSchema = z.enum(mutantOutcomes);
export type MutantOutcome = z.infer<typeof mutantOutcomeSchema>;

const killSchema = z.strictObject({
  probe: z.string(),
  layer: probeLayerSchema,
  violations: z.int().positive(),
  count: z.int().positive().describe('How often it was tried on this mutant.'),
  example: z.string().nullable(),
  basis: probeBasisSchema.optional(),
});
export type Kill = z.infer<typeof killSchema>;

export const triedMutantSchema = z.strictObject({
  id: z.string(),
  layer: mutantLayerSchema,
  title: z.string(),
  claim: z.string(),
  coveredBy: z
    .string()
    .nullable()
    .describe('The layer that hides it from users, as its file declares; null: none is known to.'),
  outcome: mutantOutcomeSchema,
  asked: z.array(probeLayerSchema).describe('Whose probes were tried on it. Others say nothing of it, either way.'),
  killedBy: z.array(killSchema).describe('Empty unless it was killed.'),
  seenInConfigurationOnly: z
    .boolean()
    .optional()
    .describe('Killed, but by comparisons alone, which see any change: every other probe was asked, and none saw it.'),
  configurationOnly: z.string().optional().describe('Why no behaviour shows it, as its file says.'),
  reason: z.string().nullable().describe('Why it was not killed; null where it was.'),
  wallMs: z.number().nonnegative(),
});
export type TriedMutant = z.infer<typeof triedMutantSchema>;

export const triedProbeSchema = z.strictObject({
  probe: z.string(),
  layer: probeLayerSchema,
  claim: z.string(),
  count: z.int().nonnegative().describe('On the intact system.'),
  violations: z.int().nonnegative().describe('On the intact system: a false alarm.'),
  undecided: z.int().nonnegative(),
  controls: z.int().nonnegative().describe('That got an answer that says anything.'),
  controlFailures: z.int().nonnegative(),
  example: z.string().nullable().describe('Of what went wrong on the intact system.'),
});
export type TriedProbe = z.infer<typeof triedProbeSchema>;

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

/** The kill matrix that a run takes along, so that judging it needs nothing but its folder. */
export const recordedKillMatrixSchema = z.strictObject({
  fingerprint: z.string().describe('Of the sources that the run was made with.'),
  from: z.enum(['this machine', 'the repository']).nullable().describe('null where there was none.'),
  matrix: killMatrixSchema.nullable().describe('null: none of this fingerprint was known when the run ended.'),
});
export type RecordedKillMatrix = z.infer<typeof recordedKillMatrixSchema>;

/** What speaks against a matrix, by name; all empty: every mutant was tried, and none went unseen. */
export interface MatrixFlaws {
  /** Probes that on the intact system raised an alarm, refused a control, or got no answer that decides: they prove nothing. */
  unsound: string[];
  survived: string[];
  notApplied: string[];
  notTried: string[];
}

export function flawsOf({
  probes,
  mutants,
  notTried,
}: Pick<KillMatrix, 'probes' | 'mutants' | 'notTried'>): MatrixFlaws {
  const idsWith = (wanted: MutantOutcome) => mutants.filter(({ outcome }) => outcome === wanted).map(({ id }) => id);
  return {
    unsound: probes.filter((probe) => !isSound(probe)).map(({ probe }) => probe),
    survived: idsWith('survived'),
    notApplied: idsWith('not-applied'),
    notTried: [...notTried],
  };
}

/** Whether a violation of it on a mutant says something: on the intact system it was answered, all was well, and the owner was let in. */
export function isSound({ count, undecided, violations, controls, controlFailures }: TriedProbe): boolean {
  return count > undecided && violations === 0 && controls > 0 && controlFailures === 0;
}

/** A survivor is a failure; what could not be tried, or not be believed, decides nothing. Left out on purpose counts for neither. */
export function matrixVerdict(matrix: Pick<KillMatrix, 'probes' | 'mutants' | 'notTried'>): Verdict {
  const { unsound, survived, notApplied } = flawsOf(matrix);
  if (survived.length > 0) return 'fail';
  return unsound.length > 0 || notApplied.length > 0 || matrix.mutants.length === 0 ? 'inconclusive' : 'pass';
}

/** Probes that were tried on mutants and killed none: not a failure, but nobody has seen that they can see. */
export function idleProbes({ probes, mutants }: Pick<KillMatrix, 'probes' | 'mutants'>): TriedProbe[] {
  const key = ({ layer, probe }: { layer: string; probe: string }) => `${layer}\n${probe}`;
  const busy = new Set(mutants.flatMap(({ killedBy }) => killedBy.map(key)));
  const asked = new Set(mutants.flatMap((mutant) => mutant.asked));
  return probes.filter((probe) => asked.has(probe.layer) && !busy.has(key(probe)));
}

/** Whether comparisons alone see it, which a change that does no harm would be seen by just as well. */
export function isOfConfiguration(kills: readonly Pick<Kill, 'basis'>[]): boolean {
  return kills.length > 0 && kills.every(({ basis }) => basis === 'configuration');
}

/** How many mutants ended so, in the order of `mutantOutcomes`. */
export function countOutcomes(mutants: readonly Pick<TriedMutant, 'outcome'>[]): Record<MutantOutcome, number> {
  const count = (wanted: MutantOutcome) => mutants.filter(({ outcome }) => outcome === wanted).length;
  return {
    killed: count('killed'),
    survived: count('survived'),
    equivalent: count('equivalent'),
    'not-applied': count('not-applied'),
  };
}
