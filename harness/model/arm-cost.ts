/** What the requests of one arm cost in the measured window, beside their latency. A figure that the build does not tell is null, never 0. */
import { z } from 'zod';
import { armSchema } from './experiment.ts';

const figure = (what: string) => z.number().nonnegative().nullable().describe(what);

export const armCostSchema = z.strictObject({
  arm: armSchema,
  requests: z.int().nonnegative().describe('That the service itself counted between the two readings.'),
  cpuSeconds: figure('Of the service’s process, user and system.'),
  allocatedBytes: figure('On its JavaScript heap, freed since or not.'),
  bytesWritten: figure('By its process to sockets and files: answers, statements, log.'),
  statements: figure(
    'In the arm’s own database, those that begin and end transactions apart. null without a database of its own.',
  ),
  rowsRead: figure(
    'Rows that scans of tables saw and of indexes returned in the arm’s own database: those of the whole load, in the share that these requests have of it.',
  ),
  poolWaits: figure('Requests that found every connection in use.').default(null),
  poolWaitingMax: figure('Most requests that waited for a connection at once.'),
  connectionsInUseAtEnd: figure(
    'Connections that are not idle in the pool after the load has ended and calmed: a leak stays.',
  ),
});
export type ArmCost = z.infer<typeof armCostSchema>;
