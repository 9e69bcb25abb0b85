/** Worker threads that generate batches and hand them out in order, never more than a few ahead of the consumer. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TenantPlan } from '../plan/tenant-plans.ts';
import type { GeneratedBatch, GenerationContext } from './generate-batch.ts';
import type { BatchReply, BatchRequest } from './worker.ts';

/** Batches begun and not yet taken, for each worker: one in work, one ready. This bounds the memory. */
const AHEAD_PER_WORKER = 2;

/** Beside this file, in source and where both have been built into JavaScript. */
const workerFile = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

interface PoolRequest {
  context: GenerationContext;
  batches: TenantPlan[][];
  parallel: number;
  signal: AbortSignal;
}

interface PoolWorker {
  thread: Worker;
  waiting: number;
}

class WorkerPool implements AsyncDisposable {
  readonly #workers: PoolWorker[];
  readonly #ready = new Map<number, GeneratedBatch>();
  #failure: Error | null = null;
  #wake = Promise.withResolvers<void>();

  constructor(context: GenerationContext, parallel: number) {
    this.#workers = Array.from({ length: parallel }, () => {
      const thread = new Worker(workerFile, { workerData: context });
      const worker: PoolWorker = { thread, waiting: 0 };
      thread.on('message', (reply: BatchReply) => {
        worker.waiting -= 1;
        this.#ready.set(reply.number, reply.batch);
        this.#notify();
      });
      thread.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
      return worker;
    });
  }

  begin(request: BatchRequest): void {
    const idlest = this.#workers.reduce((best, worker) => (worker.waiting < best.waiting ? worker : best));
    idlest.waiting += 1;
    idlest.thread.postMessage(request);
  }

  async take(number: number): Promise<GeneratedBatch> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      const batch = this.#ready.get(number);
      if (batch !== undefined) {
        this.#ready.delete(number);
        return batch;
      }
      await this.#wake.promise;
    }
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#notify();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#workers.map(({ thread }) => thread.terminate()));
  }

  #notify(): void {
    const { resolve } = this.#wake;
    this.#wake = Promise.withResolvers<void>();
    resolve();
  }
}

/** Every batch in order; workers stop when the consumer stops, when one fails, or when the signal says so. */
export async function* generateInOrder(request: PoolRequest): AsyncGenerator<GeneratedBatch, void, void> {
  const { context, batches, signal } = request;
  const parallel = Math.min(request.parallel, batches.length);
  await using pool = new WorkerPool(context, parallel);
  const abort = (): void => pool.fail(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    let begun = 0;
    for (let number = 0; number < batches.length; number += 1) {
      for (; begun < batches.length && begun < number + parallel * AHEAD_PER_WORKER; begun += 1) {
        pool.begin({ number: begun, plans: batches[begun] ?? [] });
      }
      yield await pool.take(number);
    }
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
