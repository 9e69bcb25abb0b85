/** What `signoff selftest` found: which regressions the gate was seen to go red for, on which machine, and when. */
import { z } from 'zod';
import { environmentKindSchema } from './environment.ts';
import { quantitySchema, unitSchema } from './quantity.ts';

/** The case in which both arms run the same program. */
export const identicalCaseId = 'identical';

const selftestOutcomeSchema = z.enum(['found', 'missed', 'quiet', 'false-alarm']);

export const selftestCaseSchema = z.strictObject({
  id: z.string().describe(`Of a regression, or "${identicalCaseId}".`),
  title: z.string().describe('What was worse in the candidate.'),
  claim: z.string().nullable().describe('That had to find it; null where nothing was to be found.'),
  outcome: selftestOutcomeSchema,
  quantity: quantitySchema
    .nullable()
    .describe('What the claim saw; of identical arms the median; null where it was not measured.'),
  limit: z.number().nullable().describe('Of the claim, when this was judged.'),
  unit: unitSchema.nullable(),
  explanation: z.string().describe('In words, with the reason where it was missed or was a false alarm.'),
  alsoBroken: z.array(z.string()).describe('Other claims that were broken. They do not count as finding it.'),
  open: z
    .array(z.string())
    .optional()
    .describe(
      'Of identical arms: claims that decide and stayed undecided. Absent for regressions, and in earlier versions.',
    ),
  invalid: z
    .string()
    .nullable()
    .describe(
      'What was wrong with the comparison: guards failed, it did not go to its end, or it decided too little. A difference that was found in spite of it counts; else it proves nothing. null where nothing was.',
    ),
  blocks: z.int().nonnegative(),
  wallMs: z.number().nonnegative(),
  folder: z.string().nullable().describe('Run folder of the comparison, beside this file; null where none was made.'),
});
export type SelftestCase = z.infer<typeof selftestCaseSchema>;

/**
 * The one rule for cases with `invalid`. A claim stays broken only where what went wrong could have hidden a difference and made none
 * (`brokenDespite` in claim.ts): so what was found, or was a false alarm, counts. That nothing was seen may come of what went wrong.
 */
export function provesNothing({ outcome, invalid }: Pick<SelftestCase, 'outcome' | 'invalid'>): boolean {
  return invalid !== null && (outcome === 'missed' || outcome === 'quiet');
}

/** Of a case that counts although something was wrong; null of all others. */
export function foundDespite({ outcome, invalid }: Pick<SelftestCase, 'outcome' | 'invalid'>): string | null {
  if (invalid === null || outcome !== 'found') return null;
  return `Meanwhile ${invalid.replace(/\.?$/, '.')} That could only have hidden the difference: it counts as found.`;
}

/** Results are told as those of this machine only where all of it is equal. */
export const selftestMachineSchema = z.strictObject({
  cpu: z.string(),
  cores: z.int().positive(),
  environment: environmentKindSchema,
});
export type SelftestMachine = z.infer<typeof selftestMachineSchema>;

export const selftestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  startedAt: z.string(),
  wallMs: z.number().nonnegative(),
  version: z.string().describe('Of signoff.'),
  commit: z.string().nullable(),
  method: z
    .string()
    .describe('SHA-256 of the sources that judge: statistics, claims, guards. Another one is another method.'),
  policy: z.string().describe('SHA-256 of the limits that it was judged by.'),
  machine: selftestMachineSchema,
  tenants: z.int().positive(),
  rowsPerTenant: z.int().positive(),
  seed: z.string(),
  atMostMs: z.int().positive().describe('Load that each case was allowed.'),
  notTried: z.array(z.string()).describe('Ids of cases that were left out, or that an interruption left.'),
  cases: z.array(selftestCaseSchema),
});
export type Selftest = z.infer<typeof selftestSchema>;

/** The newest selftest of a run’s machine, as the run takes it along. */
export const recordedSelftestSchema = z.strictObject({
  selftest: selftestSchema,
  sameMethod: z.boolean().describe('Whether the run was judged by the method that the selftest tried.'),
  samePolicy: z.boolean().describe('Whether the run was judged by the limits that the selftest tried.'),
});
export type RecordedSelftest = z.infer<typeof recordedSelftestSchema>;
