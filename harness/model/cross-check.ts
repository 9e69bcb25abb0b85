/** What a second, independent generator measured of one request, while k6 sent it too: do they agree? */
import { z } from 'zod';

/** The experiment whose only purpose it is. */
export const crossCheckId = 'cross-check';

export const crossCheckSchema = z.strictObject({
  generator: z.string().describe('Name and version.'),
  endpoint: z.string().describe('As k6 names it in the samples.'),
  ratePerSecond: z.number().positive(),
  requests: z.int().nonnegative().describe('Sent by it, those included that only open connections.'),
  failed: z.int().nonnegative().describe('Of these: answered otherwise than 2xx, or not at all.'),
  served: z
    .int()
    .nonnegative()
    .describe(
      'Requests of this route that the service itself counted meanwhile: of both generators, warm-up included.',
    ),
  fromMs: z.number().describe('Unix ms at which the first of its requests that count was sent.'),
  toMs: z.number().describe('Unix ms at which its last answer was there.'),
  samples: z.int().nonnegative(),
  p50Ms: z.number().nonnegative().describe('Corrected for coordinated omission, as the others.'),
  p95Ms: z.number().nonnegative(),
  p99Ms: z.number().nonnegative(),
});
export type CrossCheck = z.infer<typeof crossCheckSchema>;
