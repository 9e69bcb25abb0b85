/** What every kind of environment offers: start a system, run services and seed it, watch it, stop it. */
import { SignoffError } from '../model/errors.ts';
import type { EnvironmentKind } from '../model/environment.ts';
import type { Arm } from '../model/experiment.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Progress } from '../model/progress.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import type { ProcessExit } from './processes/server-process.ts';
import type { MigrateOptions } from './service/migrate-database.ts';

/** Ports that a person asked for; what is left out gets a free one. */
export interface WantedPorts {
  postgres?: number;
  redis?: number;
  vault?: number;
  /** Of the services, by slot. */
  services?: number[];
}

export interface StartOptions {
  /** true: the system stays when this program ends, until `signoff down`. */
  keep: boolean;
  ports?: WantedPorts;
  progress: Progress;
  signal: AbortSignal;
}

export interface ServiceAssignment {
  arm: Arm;
  slot: number;
  /** Another entry file than reference-service/server.ts: one bundle that needs nothing beside it, of another build or with a defect. */
  entry?: string;
  /** From `copyDatabase`; left out: the seeded one. */
  database?: string;
  /** Configuration of the service beside what the environment sets (ALPHAPULSE_…); it wins. */
  env?: Record<string, string>;
}

/** For every service of the assignment; what one has of its own wins. */
export interface ServiceOptions extends Pick<ServiceAssignment, 'env'> {
  signal?: AbortSignal;
}

export interface SeedOptions {
  tenants: number;
  seed: string;
  rowsPerTenant?: number;
  /** Where the manifest is written; the system keeps naming it. */
  manifestPath: string;
  progress: Progress;
  signal: AbortSignal;
}

/** SERVER_DIED: a server that nobody stopped has ended; SERVER_OUT_OF_MEMORY where its limit of memory is known to be why. */
export class ServerDeath extends SignoffError {
  /** postgres, redis, vault or service:ARM */
  readonly server: string;
  readonly exit: ProcessExit;

  constructor(server: string, exit: ProcessExit, log: string, memory: { limitBytes: number | null } | null = null) {
    const how = exit.signal ?? (exit.exitCode === null ? 'an unknown exit code' : `exit code ${exit.exitCode}`);
    if (memory === null) super('SERVER_DIED', `${server} ended by itself with ${how}; ${log}`);
    else {
      const limit =
        memory.limitBytes === null ? 'no limit of its own' : `a limit of ${memory.limitBytes / 2 ** 20} MiB`;
      super('SERVER_OUT_OF_MEMORY', `${server} was killed for want of memory (${limit}; ${how}); ${log}`);
    }
    this.server = server;
    this.exit = exit;
  }
}

export interface RunningSystem {
  /** The handle as it is now: services and manifest change with the calls below. */
  readonly system: System;
  /** Settles when the system has been stopped, by us or by another program (`signoff down`). */
  readonly stopped: Promise<void>;
  /** Makes exactly this assignment run, in fresh processes, each ready; what ran before is drained and stopped. */
  startServices(assignment: readonly ServiceAssignment[], options?: ServiceOptions): Promise<ServiceInstance[]>;
  stopServices(): Promise<void>;
  /**
   * Makes databases of these names in the same cluster, page for page as the seeded one is, with its owner, privileges and
   * settings; replaces those of that name. Services are stopped first, and whoever else is in the seeded database is put out.
   */
  copyDatabase(...names: string[]): Promise<void>;
  /** Only of copies. They go with the system, too. */
  dropDatabase(name: string): Promise<void>;
  /** Runs a build's migrations; returns the steps that were taken. Rejects with MIGRATION_FAILED. */
  migrateDatabase(options: MigrateOptions): Promise<string[]>;
  /** Replaces all data. Rejects with SEED_FAILED. Services may run meanwhile; their cached keys in Redis are dropped. */
  seed(options: SeedOptions): Promise<Manifest>;
  /** Calls back once for each server that ends without having been stopped. Returns how to stop listening. */
  onDeath(listener: (death: ServerDeath) => void): () => void;
  /** Lets this program end and leaves the system running: for kept systems. */
  release(): void;
  /** Drains and stops everything and removes its folder; a second call waits for the first. */
  stop(): Promise<void>;
}

export interface PrepareOptions {
  progress: Progress;
  signal: AbortSignal;
}

/** An environment that has all it needs: its programs found or built, its images pulled or built. */
export interface PreparedEnvironment {
  start(options: StartOptions): Promise<RunningSystem>;
}

export interface EnvironmentDriver {
  kind: EnvironmentKind;
  /** What takes minutes the first time and nothing later; it starts nothing. */
  prepare(options: PrepareOptions): Promise<PreparedEnvironment>;
  /** Takes hold of a system that another program of ours started and left running. */
  attach(system: System): Promise<RunningSystem>;
}
