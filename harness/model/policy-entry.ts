/** What a person may say of any entry of the policy: how much it counts, and that it is held against a baseline. */
import { z } from 'zod';

export const levelSchema = z
  .enum(['error', 'warn', 'off'])
  .describe(
    'error (as without it): decides the verdict. warn: judged, shown and told, never decides. off: not judged, and the report says so.',
  );
export type Level = z.infer<typeof levelSchema>;

export const levelShape = { level: levelSchema.optional() };

/** Largest ratio that is taken: beyond it nothing would ever be called. */
const largestRatio = 100;

export const effectShape = {
  limitRatio: z
    .number()
    .gt(1)
    .max(largestRatio)
    .optional()
    .describe('Called when worse by more than this factor: 1.25 is a quarter, in either direction.'),
  floor: z
    .number()
    .min(0)
    .optional()
    .describe('In the unit of the figure: a smaller difference is never called, however large its ratio.'),
};

export const relativeShape = {
  relativeTo: z.literal('baseline').optional().describe('Also judged by `gate --against FILE`, against that baseline.'),
  ...effectShape,
};

const effect = (unit: 'ms' | '1/s' | 'ratio', what: string) =>
  z
    .strictObject({ unit: z.literal(unit), ...effectShape, ...levelShape })
    .optional()
    .describe(what);

export const baselinePolicySchema = z
  .strictObject({
    p50: effect('ms', 'Median latency of a load; else 1.25 and 1 ms.'),
    p95: effect('ms', '95th percentile of a load; else 1.25 and 2 ms.'),
    p99: effect('ms', '99th percentile of a load; else 1.25 and 5 ms.'),
    rate: effect('1/s', 'Answered requests per second; else 1.1 and 0.'),
    ratio: effect('ratio', 'The paired cost of row-level security; else 1.1 and 0.'),
  })
  .describe('How much a figure must differ between two runs before the difference is called one.');

/** The shape of every entry, with a level beside what it holds. */
export function withLevels<S extends Record<string, z.ZodObject>>(shape: S) {
  type Levelled = { [K in keyof S]: z.ZodObject<S[K]['shape'] & typeof levelShape, z.core.$strict> };
  const entries = Object.entries(shape).map(([id, schema]) => {
    const { description } = schema;
    const levelled = schema.safeExtend(levelShape);
    return [id, description === undefined ? levelled : levelled.describe(description)];
  });
  return z.strictObject(Object.fromEntries(entries) as Levelled);
}
