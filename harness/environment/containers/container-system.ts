/** A running system in containers: its services, its data, the watch over its containers, and its end. */
import type { Manifest } from '../../model/manifest.ts';
import type { Container, ServiceInstance, System } from '../../model/system.ts';
import { copyDatabase, dropDatabase } from '../service/copy-database.ts';
import { migrateDatabase, type MigrateOptions } from '../service/migrate-database.ts';
import { oneClientSettings } from '../service/one-client-settings.ts';
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
import { ProgramImages } from './program-images.ts';
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

function requireImage({ id, serviceImage }: System): string {
  if (serviceImage === null) throw new Error(`system ${id} names no image of the service`);
  return serviceImage;
}

export class ContainerSystem implements RunningSystem {
  readonly stopped: Promise<void>;
  #system: System;
  readonly #options: ContainerSystemOptions;
  readonly #images: ProgramImages;
  readonly #slotPorts = new Map<number, number>();
  readonly #listeners = new Set<(death: ServerDeath) => void>();
  readonly #deaths: ServerDeath[] = [];
  #stopping: Promise<void> | null = null;
  #settleStopped: () => void = () => undefined;

  constructor(options: ContainerSystemOptions) {
    this.#options = options;
    this.#system = options.system;
    this.#images = new ProgramImages(options.folder, requireImage(options.system));
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
    const serviceImage = requireImage(this.#system);
    const startedAt = performance.now();
    const isFirst = this.#slotPorts.size === 0;
    const signal = options.signal ?? new AbortController().signal;
    const images = await this.#images.of(
      assignment.map(({ entry }) => entry),
      signal,
    );
    const programs = assignment.map(({ arm, slot, entry, database, env }, index) => ({
      ...{ arm, slot, image: images[index] ?? serviceImage },
      env: { ...oneClientSettings(entry), ...options.env, ...env },
      ...(database === undefined ? {} : { database }),
    }));
    const started = await startServiceContainers(programs, {
      docker,
      folder,
      systemProject: projectOf(folder.id),
      serviceImage,
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

  async stopServices(): Promise<void> {
    const services = this.#system.containers.filter(isService);
    if (services.length === 0) return;
    // Off the list first: whoever watches then knows that they did not die.
    this.#update({ services: [], containers: this.#system.containers.filter((each) => !isService(each)) });
    await Promise.all(services.map(({ id }) => removeContainer(this.#options.docker, id)));
  }

  async copyDatabase(...names: string[]): Promise<void> {
    await this.stopServices();
    await copyDatabase(this.#system, ...names);
  }

  async dropDatabase(name: string): Promise<void> {
    await dropDatabase(this.#system, name);
  }

  async migrateDatabase(options: MigrateOptions): Promise<string[]> {
    return await migrateDatabase(this.#options.folder, this.#system, options);
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
