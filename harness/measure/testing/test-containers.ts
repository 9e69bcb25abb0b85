/** Containers with limits for tests, from the image that docker-compose.yml takes for Redis: it has a shell. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Container } from '../../model/system.ts';
import { type Docker, connectDocker } from '../containers/docker.ts';

const image = process.env['SIGNOFF_REDIS_IMAGE'] ?? 'redis:8.2.2';
const MEBIBYTE = 1024 ** 2;

export interface Limits {
  cpu?: number;
  memoryMiB?: number;
  restarts?: number;
}

/** Takes memory until the kernel objects; what is left of the shell's quoting is for `sh -c '…'`. */
export const takeMemory = 'x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done';

/** A command that begins when `go` is called. */
export const whenTold = (command: string): string => `until [ -e /tmp/go ]; do sleep 0.05; done; ${command}`;

export class TestContainers {
  readonly docker: Docker;
  readonly #ids: string[] = [];
  readonly #run = `test-${randomUUID()}`;

  private constructor(docker: Docker) {
    this.docker = docker;
  }

  static async connect(): Promise<TestContainers> {
    return new TestContainers(await connectDocker());
  }

  /** Runs a shell command as first process. */
  async start(name: string, command: string, { cpu, memoryMiB, restarts }: Limits = {}): Promise<Container> {
    const memory = memoryMiB === undefined ? 0 : memoryMiB * MEBIBYTE;
    const created = await this.docker.createContainer({
      Image: image,
      Entrypoint: ['sh', '-c', command],
      Cmd: [],
      Labels: { 'signoff.run': this.#run },
      HostConfig: {
        NetworkMode: 'none',
        NanoCpus: (cpu ?? 0) * 1e9,
        Memory: memory,
        MemorySwap: memory,
        RestartPolicy: restarts === undefined ? { Name: 'no' } : { Name: 'on-failure', MaximumRetryCount: restarts },
      },
    });
    this.#ids.push(created.id);
    await created.start();
    return {
      name,
      id: created.id,
      composeService: name,
      image,
      imageId: 'sha256:of-a-test',
      cpuLimit: cpu ?? null,
      memoryLimitBytes: memory === 0 ? null : memory,
    };
  }

  async pid({ id }: Container): Promise<number> {
    return (await this.docker.getContainer(id).inspect()).State.Pid;
  }

  /** Runs a shell command in a container to its end. */
  async run({ id }: Container, command: string): Promise<void> {
    const exec = await this.docker
      .getContainer(id)
      .exec({ Cmd: ['sh', '-c', command], AttachStdout: true, AttachStderr: true });
    const output = (await exec.start({})) as Readable;
    await once(output.resume(), 'close');
  }

  /** Lets a command begin that waits to be told. */
  async go(container: Container): Promise<void> {
    await this.run(container, 'touch /tmp/go');
  }

  /** Until the first process has ended for good. */
  async ended({ id }: Container): Promise<void> {
    await this.docker.getContainer(id).wait();
  }

  /** One of them, or all that are left. */
  async remove(container?: Container): Promise<void> {
    const ids = this.#ids.splice(0);
    this.#ids.push(...ids.filter((id) => container !== undefined && id !== container.id));
    const removed = ids.filter((id) => container === undefined || id === container.id);
    await Promise.all(removed.map((id) => this.docker.getContainer(id).remove({ force: true, v: true })));
  }
}
