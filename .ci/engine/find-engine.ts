/** Whether a container engine answers already, and where. */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';

const ANSWER_TIMEOUT_MS = 3_000;

/** The host of an engine that answers; null when none does. DOCKER_HOST, when set, is the only place looked at. */
export async function findEngine(environment: NodeJS.ProcessEnv): Promise<string | null> {
  const named = environment.DOCKER_HOST;
  if (named !== undefined && named !== '') return (await answers(named)) ? named : null;
  for (const socket of usualSockets(environment)) {
    if (existsSync(socket) && (await answers(`unix://${socket}`))) return `unix://${socket}`;
  }
  return null;
}

/** Where Docker, rootless Docker and Docker Desktop listen. */
function usualSockets(environment: NodeJS.ProcessEnv): string[] {
  const runtime = environment.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtime === undefined ? [] : [path.join(runtime, 'docker.sock')]),
    path.join(os.homedir(), '.docker', 'run', 'docker.sock'),
  ];
}

/** GET /_ping of the Docker Engine API, over a socket or over TCP; other kinds of host are left to the client. */
export function answers(host: string): Promise<boolean> {
  const url = URL.canParse(host) ? new URL(host) : null;
  if (url === null) return Promise.resolve(false);
  const place =
    url.protocol === 'unix:'
      ? { socketPath: url.pathname }
      : { host: url.hostname, port: url.port === '' ? 2375 : Number(url.port) };
  return new Promise((resolve) => {
    const ping = request({ ...place, path: '/_ping', timeout: ANSWER_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.on('close', () => resolve(false));
    ping.end();
  });
}
