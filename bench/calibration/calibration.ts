/** The result of a calibration as it is committed: how each method did on the recording, and how live decisions came out. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Conditions, calibrationFiles, conditions } from './files.ts';

const rowSchema = z.strictObject({
  method: z.string(),
  title: z.string(),
  gate: z.enum(['median', 'tail']),
  effect: z.number().describe('Share that was added to the candidate’s latency; 0: identical builds.'),
  decisions: z.int(),
  broken: z.int(),
  holds: z.int(),
  brokenBounds: z
    .tuple([z.number(), z.number()])
    .describe('Clopper–Pearson, each bound at 95 %, of the share called broken.'),
  secondsToBroken: z
    .strictObject({ half: z.number().nullable(), most: z.number().nullable() })
    .describe('Load until half, and until 95 in 100, of all decisions were broken.'),
  brokenInTime: z.int().describe('Called broken within 60 s of load (median) or 5 min (tail).'),
  secondsToHold: z.number().nullable().describe('Load until half of all decisions held.'),
});
export type CalibrationRow = z.infer<typeof rowSchema>;

const liveSchema = z.strictObject({
  runId: z.string(),
  candidate: z.string().describe('identical, or the regression that was planted, or what was named.'),
  broken: z.array(z.string()),
  open: z.array(z.string()),
  blocks: z.int(),
  requests: z.int(),
});
export type LiveDecision = z.infer<typeof liveSchema>;

export const calibrationSchema = z.strictObject({
  schemaVersion: z.literal(2),
  conditions: z.enum(conditions).describe('Of the machine while the pairs were recorded.'),
  fingerprint: z.string(),
  recordedBlocks: z.int(),
  recordedPairs: z.int(),
  blockSeconds: z.number(),
  pairsOfBlock: z.tuple([z.int(), z.int()]).describe('Fewest and most.'),
  asRecorded: z
    .strictObject({ mean: z.number(), standardError: z.number(), deviation: z.number() })
    .describe(
      'Effect at the median, in logarithms, with the arms as they were: it is 0 where neither side is favoured.',
    ),
  together: z
    .strictObject({ decisions: z.int(), broken: z.int() })
    .describe('Identical builds: all latency and CPU claims of a comparison together, 50 blocks each.'),
  rows: z.array(rowSchema),
  live: z.array(liveSchema),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** The committed one; null where there is none yet, or one of an earlier form. */
export async function readCalibration(of: Conditions): Promise<Calibration | null> {
  const text = await readFile(calibrationFiles(of).result, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : (calibrationSchema.safeParse(JSON.parse(text)).data ?? null);
}
