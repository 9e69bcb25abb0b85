/** What a claim's judge found: holds, broken, or inconclusive with the reason and what it would need. */
import { z } from 'zod';
import { quantitySchema } from './quantity.ts';

/** A row of detail below a finding: one endpoint, one probe, one arm. */
export const evidenceRowSchema = z.strictObject({
  label: z.string(),
  quantity: quantitySchema.optional(),
  outcome: z.enum(['holds', 'broken', 'inconclusive']).optional(),
  note: z.string().optional(),
});
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;

/** Only where they are others than those of the policy: of a claim with several figures, those of the worst one. */
const boundsSchema = z.strictObject({ limit: z.number(), margin: z.number() });

const decided = {
  quantity: quantitySchema,
  evidence: z.array(evidenceRowSchema),
  explanation: z.string().min(1),
  bounds: boundsSchema.optional(),
};

export const judgementSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('holds'), ...decided }),
  z.strictObject({ outcome: z.literal('broken'), ...decided }),
  z.strictObject({
    outcome: z.literal('inconclusive'),
    quantity: quantitySchema.optional(),
    evidence: z.array(evidenceRowSchema).optional(),
    bounds: boundsSchema.optional(),
    reason: z.string().min(1),
    needs: z.string().min(1).describe('What would decide it, for instance "about 1,200 more samples".'),
  }),
]);
/** What `judge` of a claim returns. */
export type Judgement = z.infer<typeof judgementSchema>;
