/** Reads from the engine what runs for a run: addresses on loopback, process ids, and the limits that are part of what is measured. */
import type { Container } from '../../model/system.ts';
import { LOOPBACK } from '../processes/free-port.ts';
import { identifyProcess } from '../processes/process-identity.ts';
import { readFileSync } from 'node:fs';
import type { Docker } from './engine.ts';
import { composeServiceLabel } from './remove-run-objects.ts';

type Inspection = Awaited<ReturnType<ReturnType<Docker['getContainer']>['inspect']>>;

export interface RunningContainer {
  /** What `System` says of it; `name` is the name of its service in docker-compose.yml, unless another is given. */
  container: Container;
  /** The host's id of its first process; null where this machine does not see it (an engine in a virtual machine). */
  pid: number | null;
  /** Port in the container → port on loopback. */
  ports: Map<number, number>;
}

export async function readContainer(docker: Docker, id: string, name?: string): Promise<RunningContainer> {
  const inspection = await docker.getContainer(id).inspect();
  const { Config, HostConfig, State, Image } = inspection;
  const composeService = Config.Labels[composeServiceLabel] ?? '';
  return {
    container: {
      name: name ?? composeService,
      id,
      composeService,
      image: await nameOf(docker, Config.Image),
      imageId: Image,
      cpuLimit: orNull((HostConfig.NanoCpus ?? 0) / 1e9),
      memoryLimitBytes: orNull(HostConfig.Memory ?? 0),
    },
    pid: isVisible(State.Pid, id) ? State.Pid : null,
    ports: loopbackPorts(inspection),
  };
}

/** A container that was started by its image's id still has a name for people, unless that has gone to another image. */
async function nameOf(docker: Docker, image: string): Promise<string> {
  if (!image.startsWith('sha256:')) return image;
  const { RepoTags } = await docker.getImage(image).inspect();
  return RepoTags[0] ?? image;
}

/** The engine writes 0 for "none". */
const orNull = (limit: number): number | null => (limit === 0 ? null : limit);

/** Whether the process of that number here is the container's: its control group carries the container's id. */
function isVisible(pid: number, id: string): boolean {
  if (process.platform !== 'linux' || identifyProcess(pid) === null) return false;
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(id);
  } catch {
    return false; // it ended meanwhile
  }
}

function loopbackPorts({ NetworkSettings: { Ports: published } }: Inspection): Map<number, number> {
  const pairs = Object.entries(published).flatMap(([inside, bindings]) => {
    const binding = (bindings as { HostIp: string; HostPort: string }[] | null)?.find(
      ({ HostIp }) => HostIp === LOOPBACK,
    );
    return binding === undefined ? [] : ([[Number.parseInt(inside, 10), Number(binding.HostPort)]] as const);
  });
  return new Map(pairs);
}
