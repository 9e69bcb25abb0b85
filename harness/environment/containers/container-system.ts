/** A running system in containers: its services, its data, the watch over its containers, and its end. */
import type { Manifest } from '../../model/manifest.ts';
import type { Container, ServiceInstance, System } from '../../model/system.ts';
import { seedSystem } from '../service/seed-system.ts';
import {
  ServerDeath,
  type RunningSystem,
  type SeedOptions,
  type ServiceAssignment,
  type ServiceOptions,
} from '../environment-driver.ts';
import { describeLogTail } from '../processes/log-tail.ts';
import { stopSystemFolder } from '../state/stop-system-folder.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { buildPlantedImage } from './build-planted-image.ts';
import type { Docker } from './engine.ts';
import type { ContainerEnd, ContainerWatch } from './follow-containers.ts';
import { removeContainer } from './remove-run-objects.ts';
import { projectOf, startServiceContainers } from './start-services.ts';

export interface ContainerSystemOptions {
  docker: Docker;
  folder: SystemFolder;
  system: System;
  watch: ContainerWatch;
  wantedPorts: readonly number[];
}

const isService = ({ name }: Container): boolean => name.startsWith('service:');

export class ContainerSystem implements RunningSystem {
  readonly stopped: Promise<void>;
  #system: System;
  readonly #options: ContainerSystemOptions;
  readonly #slotPorts = new Map<number, number>();
  readonly #listeners = new Set<(death: ServerDeath) => void>();
  readonly #deaths: ServerDeath[] = [];
  #stopping: Promise<void> | null = null;
  #settleStopped: () => void = () => undefined;

  constructor(options: ContainerSystemOptions) {
    this.#options = options;
    this.#system = options.system;
    this.stopped = new Promise((resolve) => (this.#settleStopped = resolve));
    for (const { slot, url } of options.system.services) this.#slotPorts.set(slot, Number(new URL(url).port));
    options.watch.onEnd((end) => this.#onEnd(end));
  }

  get system(): System {
    return this.#system;
  }

  async startServices(
    assignment: readonly ServiceAssignment[],
    options: ServiceOptions = {},
  ): Promise<ServiceInstance[]> {
    await this.stopServices();
    const { docker, folder, watch, wantedPorts } = this.#options;
    const startedAt = performance.now();
    const isFirst = this.#slotPorts.size === 0;
    const signal = options.signal ?? new AbortController().signal;
    const image = await this.#imageOf(options.entry, signal);
    const started = await startServiceContainers(assignment, {
      docker,
      folder,
      systemProject: projectOf(folder.id),
      image,
      variables: options.env ?? {},
      slotPorts: this.#slotPorts,
      wantedPorts,
      watch,
      signal,
    });
    const services = started.map(({ instance }) => instance);
    const servers = this.#system.containers.filter((each) => !isService(each));
    const readyMs = this.#system.readyMs + (isFirst ? performance.now() - startedAt : 0);
    this.#update({ services, containers: [...servers, ...started.map(({ running }) => running.container)], readyMs });
    return services;
  }

  async #imageOf(entry: string | undefined, signal: AbortSignal): Promise<string> {
    const production = this.#system.serviceImage;
    if (production === null) throw new Error(`system ${this.#system.id} names no image of the service`);
    if (entry === undefined) return production;
    return await buildPlantedImage({ folder: this.#options.folder, production, entry, signal });
  }

  async stopServices(): Promise<void> {
    const services = this.#system.containers.filter(isService);
    if (services.length === 0) return;
    // Off the list first: whoever watches then knows that they did not die.
    this.#update({ services: [], containers: this.#system.containers.filter((each) => !isService(each)) });
    await Promise.all(services.map(({ id }) => removeContainer(this.#options.docker, id)));
  }

  async seed(options: SeedOptions): Promise<Manifest> {
    const manifest = await seedSystem(this.#options.folder, this.#system, options);
    this.#update({ manifestPath: options.manifestPath });
    return manifest;
  }

  onDeath(listener: (death: ServerDeath) => void): () => void {
    this.#listeners.add(listener);
    // Whoever begins to listen late learns at once what has died before.
    for (const death of this.#deaths) queueMicrotask(() => listener(death));
    return () => this.#listeners.delete(listener);
  }

  release(): void {
    this.#options.folder.markReleased();
    this.#listeners.clear();
    this.#options.watch.close();
  }

  stop(): Promise<void> {
    this.#stopping ??= stopSystemFolder(this.#options.folder.path).then(() => {
      this.#options.watch.close();
      this.#settleStopped();
    });
    return this.#stopping;
  }

  #update(change: Partial<System>): void {
    this.#system = { ...this.#system, ...change };
    this.#options.folder.writeSystem(this.#system);
  }

  /** Another program may be stopping the system, or changing its services: the folder says what is meant to run. */
  #onEnd({ id, exitCode, killedForMemory, logFile }: ContainerEnd): void {
    const { folder, watch } = this.#options;
    if (folder.isStopping()) {
      watch.close();
      this.#settleStopped();
      return;
    }
    const wanted = folder.readSystem() ?? this.#system;
    const container = wanted.containers.find((each) => each.id === id);
    if (container === undefined) return;
    const memory = killedForMemory ? { limitBytes: container.memoryLimitBytes } : null;
    const death = new ServerDeath(container.name, { exitCode, signal: null }, describeLogTail(logFile), memory);
    this.#deaths.push(death);
    for (const listener of this.#listeners) listener(death);
  }
}
