/** Where the service under test and the servers behind it write their logs, and what they have written since a moment. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Container } from '../../../model/system.ts';
import { type Docker, connectDocker } from '../../containers/docker.ts';
import type { ProbeScene } from '../probe-scene.ts';

export interface LogSource {
  /** Of the process or container: service, postgres, redis or vault. */
  name: string;
  /** What has been written since the source was opened. */
  read(): Promise<string>;
  /** Whether anything has ever been written there. */
  hasLines(): Promise<boolean>;
}

export interface LogSources {
  service: LogSource;
  servers: LogSource[];
}

/** The part of a system's list of processes that is needed here (harness/environment/state). */
const stateSchema = z.object({
  processes: z.array(z.object({ pid: z.int(), kind: z.string(), logFile: z.string() })),
});
const serverKinds = ['postgres', 'redis', 'vault'];

/** null where logs are out of reach: a system that is not ours. */
export async function openLogs({ system, service }: ProbeScene): Promise<LogSources | null> {
  if (system.containers.length > 0) return await openContainerLogs(system.containers, service.arm);
  if (system.kind !== 'embedded') return null;
  const state = stateSchema.parse(JSON.parse(await readFile(join(system.directory, 'state.json'), 'utf8')));
  const own = state.processes.find(({ pid, kind }) => kind === 'service' && pid === service.pid);
  if (own === undefined) return null;
  const servers = state.processes.filter(({ kind }) => serverKinds.includes(kind));
  return {
    service: await openFile('service', own.logFile),
    servers: await Promise.all(servers.map(({ kind, logFile }) => openFile(kind, logFile))),
  };
}

async function openFile(name: string, path: string): Promise<LogSource> {
  const start = await sizeOf(path);
  return {
    name,
    hasLines: async () => (await sizeOf(path)) > 0,
    read: async () => {
      const file = await open(path, 'r');
      try {
        const { size } = await file.stat();
        const buffer = Buffer.alloc(Math.max(0, size - start));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
        return buffer.toString('utf8', 0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function openContainerLogs(containers: readonly Container[], arm: string): Promise<LogSources | null> {
  const docker = await connectDocker();
  const service = containers.find(({ name }) => name === `service:${arm}`);
  if (service === undefined) return null;
  const servers = containers.filter(({ name }) => serverKinds.includes(name));
  return {
    service: ofContainer(docker, 'service', service.id),
    servers: servers.map(({ name, id }) => ofContainer(docker, name, id)),
  };
}

/** The engine cuts by its own clock, in seconds: a little of what came before is read again, and looked at again. */
function ofContainer(docker: Docker, name: string, id: string): LogSource {
  const since = Math.floor(Date.now() / 1_000);
  return {
    name,
    hasLines: async () => {
      const options = { stdout: true, stderr: true, tail: 1, follow: false } as const;
      return joinFrames(await docker.getContainer(id).logs(options)) !== '';
    },
    read: async () => {
      const options = { stdout: true, stderr: true, since, follow: false } as const;
      return joinFrames(await docker.getContainer(id).logs(options));
    },
  };
}

const headerBytes = 8;
const sizeOffset = 4;

/** Each frame has a header with its size (Docker Engine API, "Stream format"). */
export function joinFrames(frames: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + headerBytes <= frames.length;) {
    const end = at + headerBytes + frames.readUInt32BE(at + sizeOffset);
    parts.push(frames.subarray(at + headerBytes, end));
    at = end;
  }
  return Buffer.concat(parts).toString('utf8');
}
