/** Whether a container engine answers. Information only: without one the embedded servers are used. */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Prerequisite } from '../../model/run-record.ts';

const ANSWER_TIMEOUT_MS = 700;

export async function checkContainerEngine(environment: NodeJS.ProcessEnv): Promise<Prerequisite> {
  const base = { id: 'container-engine', title: 'Container engine', ok: true, fix: null };
  const sockets = usualSockets(environment).filter((socket) => existsSync(socket));
  for (const socket of sockets) {
    if (await answersPing(socket)) return { ...base, found: 'answers (optional)', where: socket };
  }
  const found = sockets.length === 0 ? 'none (optional)' : 'does not answer (optional)';
  return { ...base, found: `${found}: the embedded servers are used`, where: sockets[0] ?? null };
}

/** Where Docker, rootless Docker, Docker Desktop and Podman listen. */
function usualSockets(environment: NodeJS.ProcessEnv): string[] {
  const runtime = environment.XDG_RUNTIME_DIR;
  const named = environment.DOCKER_HOST?.startsWith('unix://') ? [environment.DOCKER_HOST.slice('unix://'.length)] : [];
  const ofUser =
    runtime === undefined ? [] : [path.join(runtime, 'docker.sock'), path.join(runtime, 'podman', 'podman.sock')];
  return [
    ...named,
    '/var/run/docker.sock',
    ...ofUser,
    path.join(os.homedir(), '.docker', 'run', 'docker.sock'),
    '/run/podman/podman.sock',
  ];
}

/** GET /_ping (Docker Engine API); Podman answers it as well. */
function answersPing(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: ANSWER_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.on('close', () => resolve(false));
    ping.end();
  });
}
