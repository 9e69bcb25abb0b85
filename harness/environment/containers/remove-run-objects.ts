/** Removes everything that a run made on the engine: services drained first, then servers, then networks, volumes and images. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Docker } from './engine.ts';
import { runLabel } from './run-labels.ts';

export const composeServiceLabel = 'com.docker.compose.service';

/** What the rest stands on: it goes after whatever uses it. */
const SERVERS = new Set(['postgres', 'redis', 'vault', 'pgbouncer']);

/** Names of the containers that still ran. Whoever calls it, and however often: what is gone already is no problem. */
export async function removeRunObjects(docker: Docker, runId: string): Promise<string[]> {
  const filters = { label: [`${runLabel}=${runId}`] };
  const containers = await docker.listContainers({ all: true, filters });
  const nameOf = (labels: Record<string, string>): string => labels[composeServiceLabel] ?? 'container';
  const isServer = ({ Labels }: { Labels: Record<string, string> }): boolean => SERVERS.has(nameOf(Labels));
  for (const rank of [containers.filter((each) => !isServer(each)), containers.filter(isServer)]) {
    await Promise.all(rank.map(({ Id }) => removeContainer(docker, Id)));
  }
  const [networks, volumes, images] = await Promise.all([
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
    docker.listImages({ filters: { label: [`${runLabel}=${runId}`] } }),
  ]);
  await Promise.all([
    ...networks.map(({ Id }) => unlessGone(docker.getNetwork(Id).remove())),
    ...volumes.Volumes.map(({ Name }) => unlessGone(docker.getVolume(Name).remove())),
    ...images.map(({ Id }) => unlessGone(docker.getImage(Id).remove({ force: true }))),
  ]);
  return containers.filter(({ State }) => State === 'running').map(({ Labels }) => nameOf(Labels));
}

/** Asked politely first, for as long as docker-compose.yml gives it (`stop_grace_period`), then by force. */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  const container = docker.getContainer(id);
  await unlessGone(container.stop());
  const deadline = performance.now() + LOG_CLOSED_WITHIN_MS;
  while (!(await isRemoved(container, deadline))) await pause(BETWEEN_REMOVALS_MS);
}

/**
 * The engine may still be compressing the log of a container that has ended, and then finds its folder not empty while it
 * removes it (HTTP 500; seen once in some hundred containers with the log driver `local`). The removal asked for again succeeds.
 */
const STILL_WRITING = /directory not empty|device or resource busy/;
const LOG_CLOSED_WITHIN_MS = 10_000;
const BETWEEN_REMOVALS_MS = 200;

async function isRemoved(container: ReturnType<Docker['getContainer']>, deadline: number): Promise<boolean> {
  try {
    await unlessGone(container.remove({ force: true, v: true }));
    return true;
  } catch (error) {
    if (error instanceof Error && STILL_WRITING.test(error.message) && performance.now() < deadline) return false;
    throw error;
  }
}

/** 304: it had stopped. 404: it is gone. 409: its removal is under way (Docker Engine API). */
const DONE_ALREADY = new Set([304, 404, 409]);

async function unlessGone(action: Promise<unknown>): Promise<void> {
  try {
    await action;
  } catch (error) {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    if (typeof status !== 'number' || !DONE_ALREADY.has(status)) throw error;
  }
}
