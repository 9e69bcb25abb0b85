/** Asks quickly, without loading anything, whether a container engine answers on this machine. */
import { existsSync } from 'node:fs';
import { request, type RequestOptions } from 'node:http';
import os from 'node:os';
import path from 'node:path';

export interface EngineSearch {
  /** Where an engine answers; null: nowhere. */
  answers: string | null;
  /** Where one was looked for. */
  looked: string[];
}

const ANSWER_TIMEOUT_MS = 700;

/** Where it listens is named in DOCKER_HOST, or one of the usual sockets. */
export async function findAnsweringEngine(environment: NodeJS.ProcessEnv = process.env): Promise<EngineSearch> {
  const looked = usualPlaces(environment).filter((place) => !place.startsWith('/') || existsSync(place));
  for (const place of looked) {
    if (await answersPing(place)) return { answers: place, looked };
  }
  return { answers: null, looked };
}

/** Where Docker, rootless Docker, Docker Desktop and Podman listen; one that is named is the only one. */
function usualPlaces({ DOCKER_HOST: host, XDG_RUNTIME_DIR: runtime }: NodeJS.ProcessEnv): string[] {
  if (host !== undefined && host !== '') return [host.replace(/^unix:\/\//, '')];
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
  if (!URL.canParse(place)) return { socketPath: place };
  const { hostname, port } = new URL(place);
  return { host: hostname, port: port === '' ? 2375 : Number(port) };
}
