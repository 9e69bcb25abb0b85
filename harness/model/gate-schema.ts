/** A gate of one's own as thresholds.json has it: k6's expression, k6's object, or an object with limit and unit. */
import { z } from 'zod';
import { levelShape, relativeShape } from './policy-entry.ts';

export const gateOperators = ['<', '<=', '>', '>=', '==', '===', '!='] as const;
export const gateUnits = ['ms', 'ratio', '%', '1/s', 'count'] as const;

export const gateObjectSchema = z
  .strictObject({
    threshold: z.string().optional().describe('k6’s expression, for instance p(99)<500.'),
    aggregation: z.string().optional().describe('Instead of threshold: avg, min, max, med, p(N), rate or count.'),
    operator: z
      .enum(gateOperators)
      .optional()
      .describe('Beside limit; else < (for the rate and count of http_reqs: >).'),
    limit: z.number().optional(),
    unit: z.enum(gateUnits).optional().describe('Of limit; each metric has its own.'),
    confidence: z.number().min(0.8).max(0.999).optional().describe('Of each bound, one-sided; else 0.95.'),
    minimumSamples: z.int().min(1).optional().describe('Independent samples without which it never holds; else 30.'),
    abortOnFail: z
      .literal(false)
      .optional()
      .describe('Only false: a load that ends when its figures look bad cannot be judged.'),
    ...levelShape,
    ...relativeShape,
  })
  .describe('A gate with more than its limit.');
export type GateObject = z.infer<typeof gateObjectSchema>;

export const gateEntrySchema = z.union([z.string(), gateObjectSchema]);
export type GateEntry = z.infer<typeof gateEntrySchema>;

/** Selector → what must be true of its requests. */
export const gatesSchema = z
  .record(
    z
      .string()
      .describe('http_req_duration, http_req_failed or http_reqs, with tags in braces: {scenario:…,endpoint:…}.'),
    z.array(gateEntrySchema).min(1),
  )
  .describe('Gates of one’s own, in the grammar of k6’s thresholds.');
