/** Follows a run's containers on the engine: their output goes into log files, their ends and kills to whoever listens. */
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { describeProblem } from '../processes/await-ready.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import type { Docker } from './engine.ts';
import { composeServiceLabel } from './remove-run-objects.ts';
import { runLabel } from './run-labels.ts';

/** A container's end; `killedForMemory`: the kernel had killed one of its processes for want of memory before. */
export interface ContainerEnd {
  id: string;
  exitCode: number | null;
  killedForMemory: boolean;
  logFile: string;
}

export interface ContainerWatch {
  /** Of a service of the Compose file. */
  logFile(composeService: string): string;
  /** Settles when all that ended containers said is written. */
  logsWritten(): Promise<void>;
  /** Calls back for each container that ends from now on. */
  onEnd(listener: (end: ContainerEnd) => void): void;
  close(): void;
}

/** One that still runs has no last words: it is not waited for. */
const LAST_WORDS_MS = 2_000;

const eventSchema = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});
type Event = z.infer<typeof eventSchema>;

/** From now on; containers that run already are followed too, from their last lines. */
export async function followContainers(docker: Docker, folder: SystemFolder): Promise<ContainerWatch> {
  const label = [`${runLabel}=${folder.id}`];
  const logFile = (service: string): string => folder.logFile(service);
  const listeners: ((end: ContainerEnd) => void)[] = [];
  const outOfMemory = new Set<string>();
  const logs = new Map<string, Promise<void>>();
  const closed = new AbortController();
  const follow = (id: string, service: string): void => {
    // A log that cannot be followed is missing from a message, and from nothing else.
    logs.set(
      id,
      writeLog(docker, id, logFile(service), closed.signal).catch(() => undefined),
    );
  };
  const events = (await docker.getEvents({
    filters: { type: ['container'], event: ['start', 'oom', 'die'], label },
  })) as Readable;
  const lines = createInterface({ input: events });
  lines.on('line', (line) => {
    const { Action, Actor } = readEvent(line);
    const service = Actor.Attributes[composeServiceLabel] ?? 'container';
    if (Action === 'start') follow(Actor.ID, service);
    if (Action === 'oom') outOfMemory.add(Actor.ID);
    if (Action === 'die') {
      const exitCode = Number(Actor.Attributes['exitCode'] ?? Number.NaN);
      const end = {
        id: Actor.ID,
        exitCode: Number.isInteger(exitCode) ? exitCode : null,
        killedForMemory: outOfMemory.has(Actor.ID),
        logFile: logFile(service),
      };
      // Its last words first: whoever hears of the end wants to tell them.
      void Promise.resolve(logs.get(Actor.ID)).finally(() => listeners.forEach((listener) => listener(end)));
    }
  });
  // The engine itself may end; what stood on it is then found dead by whoever uses it.
  lines.on('error', () => undefined);
  events.on('error', () => undefined);
  for (const { Id, Labels } of await docker.listContainers({ filters: { label } })) {
    if (!logs.has(Id)) follow(Id, Labels[composeServiceLabel] ?? 'container');
  }
  return {
    logFile,
    logsWritten: async () => void (await Promise.race([Promise.allSettled(logs.values()), pause(LAST_WORDS_MS)])),
    onEnd: (listener) => void listeners.push(listener),
    close: () => {
      lines.close();
      events.destroy();
      closed.abort();
    },
  };
}

const readEvent = (line: string): Event => eventSchema.parse(JSON.parse(line));

const LINES_BEFORE = 200;

/** Settles when the container has ended, or when nobody wants to know any more. */
async function writeLog(docker: Docker, id: string, file: string, signal: AbortSignal): Promise<void> {
  const output = (await docker
    .getContainer(id)
    .logs({ follow: true, stdout: true, stderr: true, tail: LINES_BEFORE })) as Readable;
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  // Each frame names its stream (Docker Engine API, "Stream format"); both go into one file, as a server's process would have it.
  docker.modem.demuxStream(output, log, log);
  const stop = (): void => void output.destroy();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    await finished(output);
  } catch (error) {
    log.write(`\nsignoff: following this log ended early: ${describeProblem(error)}\n`);
  } finally {
    signal.removeEventListener('abort', stop);
    log.end();
    await finished(log);
  }
}
