/** What befell containers while they were watched: kills for memory and ends of first processes, as the engine tells them. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { lineSplitter } from '../line-splitter.ts';
import type { Docker } from './docker.ts';

const eventSchema = z.object({ Action: z.string(), Actor: z.object({ ID: z.string() }), timeNano: z.number() });
export type ContainerEvent = z.infer<typeof eventSchema>;

/** oom: the kernel killed a process of it; die: its first process has ended. */
const WATCHED = ['oom', 'die'];

export interface EventWatch {
  /** Everything until now. Rejects when the engine broke off in between. */
  readAll: () => Promise<ContainerEvent[]>;
  close: () => void;
}

/** Follows the engine's events of these containers from now on. */
export async function watchEvents(docker: Docker, ids: readonly string[]): Promise<EventWatch> {
  const filters = { type: ['container' as const], container: [...ids], event: WATCHED };
  const since = await engineSeconds(docker);
  const stream = (await docker.getEvents({ since, filters })) as Readable;
  const events: ContainerEvent[] = [];
  let broken: Error | null = null;
  stream.on('data', eventReader(events));
  stream.on('error', (error: Error) => (broken = error));
  stream.on('close', () => (broken ??= new Error('the engine ended its stream of events')));
  return {
    readAll: async () => {
      if (broken !== null) throw broken;
      // The stream may not have brought the last ones yet. Asking for the past ends by itself; the engine keeps 256.
      const recent: ContainerEvent[] = [];
      const past = (await docker.getEvents({ since, until: await engineSeconds(docker), filters })) as Readable;
      const take = eventReader(recent);
      for await (const chunk of past) take(chunk as Buffer);
      return withoutRepeats([...events, ...recent]);
    },
    close: () => {
      stream.removeAllListeners('close').destroy();
    },
  };
}

function eventReader(events: ContainerEvent[]): (chunk: Buffer) => void {
  const addChunk = lineSplitter((line) => {
    if (line.trim() !== '') events.push(eventSchema.parse(JSON.parse(line)));
  });
  return (chunk) => addChunk(chunk.toString('utf8'));
}

function withoutRepeats(events: readonly ContainerEvent[]): ContainerEvent[] {
  return [...new Map(events.map((event) => [`${event.Actor.ID} ${event.Action} ${event.timeNano}`, event])).values()];
}

const infoSchema = z.object({ SystemTime: z.string() });

/** By the engine's own clock: it may run on another machine. */
async function engineSeconds(docker: Docker): Promise<number> {
  return Date.parse(infoSchema.parse(await docker.info()).SystemTime) / 1_000;
}
