/** A worker thread: takes batches of tenant plans one by one and hands back their bytes without copying them. */
import { parentPort, workerData } from 'node:worker_threads';
import { generateBatch } from './generate-batch.ts';
import type { GeneratedBatch, GenerationContext } from './generate-batch.ts';
import type { TenantPlan } from '../plan/tenant-plans.ts';

export interface BatchRequest {
  number: number;
  plans: TenantPlan[];
}

export interface BatchReply {
  number: number;
  batch: GeneratedBatch;
}

if (parentPort === null) throw new Error('seed/generation/worker.ts runs as a worker thread only');
const port = parentPort;
const context = workerData as GenerationContext;

port.on('message', ({ number, plans }: BatchRequest) => {
  const batch = generateBatch(context, plans);
  const reply: BatchReply = { number, batch };
  port.postMessage(
    reply,
    batch.tables.map(({ bytes }) => bytes.buffer),
  );
});
