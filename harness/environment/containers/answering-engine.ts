/** Asks quickly, without loading anything, whether a container engine answers on this machine. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

export interface EngineSearch {
  /** Where an engine answers, as DOCKER_HOST has it; null: nowhere. */
  answers: string | null;
  /** Where one was looked for, in words. */
  looked: string;
}

const ANSWER_TIMEOUT_MS = 700;

/** The one that DOCKER_HOST or Docker's current context names, and no other; else one at the usual sockets. */
export async function findAnsweringEngine(environment: NodeJS.ProcessEnv = process.env): Promise<EngineSearch> {
  const named = await findNamedEngine(environment);
  if (named !== null) {
    return { answers: (await answersPing(named.host)) ? named.host : null, looked: `${named.by}=${named.host}` };
  }
  const places = usualSockets(environment).filter((place) => existsSync(place));
  for (const place of places) {
    if (await answersPing(place)) return { answers: `unix://${place}`, looked: place };
  }
  return { answers: null, looked: places.join(' or ') || 'any usual place' };
}

async function findNamedEngine(environment: NodeJS.ProcessEnv): Promise<{ host: string; by: string } | null> {
  const { DOCKER_HOST: host } = environment;
  if (host !== undefined && host !== '') return { host, by: 'DOCKER_HOST' };
  const context = environment.DOCKER_CONTEXT ?? readCurrentContext(environment);
  if (context === '' || context === 'default') return null;
  const format = '{{.Endpoints.docker.Host}}';
  try {
    const { stdout } = await promisify(execFile)('docker', ['context', 'inspect', '--format', format, context]);
    return { host: stdout.trim(), by: `the context ${context}` };
  } catch {
    return null; // no docker command, or no such context: Docker itself says so when it is used
  }
}

const configSchema = z.object({ currentContext: z.string().optional() });

/** Docker's own file, "docker context use" writes it. */
function readCurrentContext({ DOCKER_CONFIG: folder }: NodeJS.ProcessEnv): string {
  const file = path.join(folder ?? path.join(os.homedir(), '.docker'), 'config.json');
  if (!existsSync(file)) return '';
  const content = configSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return content.data?.currentContext ?? '';
}

/** Where Docker, rootless Docker, Docker Desktop and Podman listen. */
function usualSockets({ XDG_RUNTIME_DIR: runtime }: NodeJS.ProcessEnv): string[] {
  const ofUser =
    runtime === undefined ? [] : [path.join(runtime, 'docker.sock'), path.join(runtime, 'podman', 'podman.sock')];
  return [
    '/var/run/docker.sock',
    ...ofUser,
    path.join(os.homedir(), '.docker', 'run', 'docker.sock'),
    '/run/podman/podman.sock',
  ];
}

/** GET /_ping (Docker Engine API); Podman answers it as well. */
function answersPing(place: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ ...addressOf(place), path: '/_ping', timeout: ANSWER_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.on('close', () => resolve(false));
    ping.end();
  });
}

/** A path is a socket's; tcp://host:port is the engine's other way (2375 without TLS). */
function addressOf(place: string): RequestOptions {
  if (place.startsWith('unix://')) return { socketPath: place.slice('unix://'.length) };
  if (!URL.canParse(place)) return { socketPath: place };
  const { hostname, port } = new URL(place);
  return { host: hostname, port: port === '' ? 2375 : Number(port) };
}
