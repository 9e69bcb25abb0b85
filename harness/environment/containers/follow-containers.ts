/** Watches a run's containers on the engine: what they say goes into log files, their ends and kills to whoever listens. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { SystemFolder } from '../state/system-folder.ts';
import { ContainerLogs } from './container-logs.ts';
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
  /** What runs now has started: from here on only last words are written. */
  started(): void;
  /** Calls back for each container that ends from now on. */
  onEnd(listener: (end: ContainerEnd) => void): void;
  close(): void;
}

const eventSchema = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});
type Event = z.infer<typeof eventSchema>;

/** From now on. */
export async function followContainers(docker: Docker, folder: SystemFolder): Promise<ContainerWatch> {
  const label = [`${runLabel}=${folder.id}`];
  const logFile = (service: string): string => folder.logFile(service);
  const listeners: ((end: ContainerEnd) => void)[] = [];
  const outOfMemory = new Set<string>();
  const logs = new ContainerLogs(docker);
  const events = (await docker.getEvents({
    filters: { type: ['container'], event: ['start', 'oom', 'die'], label },
  })) as Readable;
  const lines = createInterface({ input: events });
  lines.on('line', (line) => {
    const { Action, Actor } = readEvent(line);
    const service = Actor.Attributes[composeServiceLabel] ?? 'container';
    if (Action === 'start') logs.follow(Actor.ID, logFile(service));
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
      void logs.writeLastWords(end.id, end.logFile).finally(() => listeners.forEach((listener) => listener(end)));
    }
  });
  // The engine itself may end; what stood on it is then found dead by whoever uses it.
  lines.on('error', () => undefined);
  events.on('error', () => undefined);
  return {
    logFile,
    logsWritten: () => logs.written(),
    started: () => logs.quieten(),
    onEnd: (listener) => void listeners.push(listener),
    close: () => {
      lines.close();
      events.destroy();
      logs.quieten();
    },
  };
}

const readEvent = (line: string): Event => eventSchema.parse(JSON.parse(line));
