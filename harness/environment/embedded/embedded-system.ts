/** A running embedded system: its services, its data, the watch over its processes, and its end. */
import type { Manifest } from '../../model/manifest.ts';
import type { ServiceInstance, System } from '../../model/system.ts';
import {
  ServerDeath,
  type RunningSystem,
  type SeedOptions,
  type ServiceAssignment,
  type ServiceOptions,
} from '../environment-driver.ts';
import { describeLogTail } from '../processes/log-tail.ts';
import { adoptServer, type ServerProcess } from '../processes/server-process.ts';
import { stopRecorded, stopSystemFolder } from '../state/stop-system-folder.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { copyDatabase, dropDatabase } from '../service/copy-database.ts';
import { migrateDatabase, type MigrateOptions } from '../service/migrate-database.ts';
import { seedSystem } from '../service/seed-system.ts';
import { startService } from './service-processes.ts';

export class EmbeddedSystem implements RunningSystem {
  readonly stopped: Promise<void>;
  #system: System;
  readonly #folder: SystemFolder;
  readonly #wantedPorts: readonly number[];
  readonly #slotPorts = new Map<number, number>();
  readonly #servers = new Map<number, ServerProcess>();
  readonly #listeners = new Set<(death: ServerDeath) => void>();
  readonly #deaths: ServerDeath[] = [];
  #stopping: Promise<void> | null = null;
  #settleStopped: () => void = () => undefined;

  constructor(
    system: System,
    folder: SystemFolder,
    servers: readonly ServerProcess[],
    wantedPorts: readonly number[] = [],
  ) {
    this.#system = system;
    this.#folder = folder;
    this.#wantedPorts = wantedPorts;
    this.stopped = new Promise((resolve) => (this.#settleStopped = resolve));
    for (const { slot, url } of system.services) this.#slotPorts.set(slot, Number(new URL(url).port));
    for (const server of servers) this.#watch(server);
  }

  /** Takes hold of a system that another program left running. */
  static attach(system: System, folder: SystemFolder): EmbeddedSystem {
    return new EmbeddedSystem(system, folder, folder.processes().map(adoptServer));
  }

  get system(): System {
    return this.#system;
  }

  async startServices(
    assignment: readonly ServiceAssignment[],
    options: ServiceOptions = {},
  ): Promise<ServiceInstance[]> {
    await this.stopServices();
    const startedAt = performance.now();
    const isFirst = this.#slotPorts.size === 0;
    const signal = options.signal ?? new AbortController().signal;
    const shared = {
      ...options,
      signal,
      folder: this.#folder,
      system: this.#system,
      slotPorts: this.#slotPorts,
      wantedPorts: this.#wantedPorts,
    };
    const outcomes = await Promise.allSettled(assignment.map((one) => startService(one, shared)));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure !== undefined) {
      await this.stopServices();
      throw failure.reason;
    }
    const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    for (const { server } of started) this.#watch(server);
    const services = started.map(({ instance }) => instance);
    const readyMs = this.#system.readyMs + (isFirst ? performance.now() - startedAt : 0);
    this.#update({ services, readyMs });
    return services;
  }

  async stopServices(): Promise<void> {
    const services = this.#folder.processes().filter(({ kind }) => kind === 'service');
    for (const service of services) this.#folder.forgetProcess(service);
    await stopRecorded(services);
    if (this.#system.services.length > 0) this.#update({ services: [] });
  }

  async copyDatabase(...names: string[]): Promise<void> {
    await this.stopServices();
    await copyDatabase(this.#system, ...names);
  }

  async dropDatabase(name: string): Promise<void> {
    await dropDatabase(this.#system, name);
  }

  async migrateDatabase(options: MigrateOptions): Promise<string[]> {
    return await migrateDatabase(this.#folder, this.#system, options);
  }

  async seed(options: SeedOptions): Promise<Manifest> {
    const manifest = await seedSystem(this.#folder, this.#system, options);
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
    this.#folder.markReleased();
    this.#listeners.clear();
    for (const server of this.#servers.values()) server.release();
  }

  stop(): Promise<void> {
    this.#stopping ??= stopSystemFolder(this.#folder.path).then(() => this.#settleStopped());
    return this.#stopping;
  }

  #update(change: Partial<System>): void {
    this.#system = { ...this.#system, ...change };
    this.#folder.writeSystem(this.#system);
  }

  #watch(server: ServerProcess): void {
    this.#servers.set(server.pid, server);
    void server.exited.then((exit) => {
      this.#servers.delete(server.pid);
      if (this.#folder.isStopping()) {
        if (this.#servers.size === 0) this.#settleStopped();
      } else if (this.#folder.isWanted(server)) {
        const death = new ServerDeath(server.name, exit, describeLogTail(server.logFile));
        this.#deaths.push(death);
        for (const listener of this.#listeners) listener(death);
      }
    });
  }
}
