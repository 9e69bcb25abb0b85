/** What one container used of its limits in the measured window of a block, and what befell it during the block. */
import { z } from 'zod';

export const containerUseSchema = z.strictObject({
  name: z.string().describe('postgres, redis, vault or service:ARM'),
  image: z.string(),
  cpuLimit: z.number().positive().nullable().describe('In cores; null: none.'),
  cpuSeconds: z.number().nonnegative().describe('Of every process in it, health checks included.'),
  cpuCores: z.number().nonnegative().describe('CPU seconds per second.'),
  cpuShareOfLimit: z.number().nonnegative().nullable().describe('0 to 1; null without a limit.'),
  periods: z
    .number()
    .nonnegative()
    .describe('Periods of the CPU limit (100 ms each, as a rule) in which the container ran; 0 without a limit.'),
  throttledPeriods: z.number().nonnegative().describe('Those in which it was stopped by its limit.'),
  throttledSeconds: z.number().nonnegative().describe('Added up over the cores that stood still.'),
  memoryPeakBytes: z
    .number()
    .nonnegative()
    .describe('Highest of the looks; without file cache that can be dropped at once (inactive_file).'),
  memoryLimitBytes: z.number().positive().nullable().describe('null: none.'),
  oomKills: z.number().nonnegative().describe('Processes in it that the kernel killed for memory, during the block.'),
  restarts: z.number().nonnegative().describe('Times that its first process ended or was started anew, in the block.'),
});
export type ContainerUse = z.infer<typeof containerUseSchema>;
