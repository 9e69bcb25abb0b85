/** A figure that is kept and compared from run to run. */
import { z } from 'zod';
import { quantitySchema } from './quantity.ts';

export const metricSchema = z.strictObject({
  id: z.string().describe('Experiment and figure, for instance target.p99.'),
  experiment: z.string().describe('The guards of this experiment say whether the figure counts.'),
  title: z.string(),
  quantity: quantitySchema,
});
export type Metric = z.infer<typeof metricSchema>;
