/** Starts a whole embedded system: Postgres, Redis and Vault side by side, set up and migrated, ready for services and data. */
import path from 'node:path';
import { SignoffError } from '../../model/errors.ts';
import type { System } from '../../model/system.ts';
import type { EnvironmentDriver, StartOptions } from '../environment-driver.ts';
import { LOOPBACK } from '../processes/free-port.ts';
import { removeLeftOvers } from '../state/remove-left-overs.ts';
import { stopSystemFolder } from '../state/stop-system-folder.ts';
import {
  databaseName,
  databaseRoles,
  postgresAdminUser,
  redisAdminUser,
  secretFiles,
} from '../service/service-names.ts';
import { SystemFolder } from '../state/system-folder.ts';
import { provisionTools } from '../tools/provision-tools.ts';
import type { Toolset } from '../tools/tool.ts';
import { EmbeddedSystem } from './embedded-system.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { reachableProgram, reachablePrograms } from './reachable-program.ts';
import { startRedis, type RedisServer } from './redis-server.ts';
import { databaseAddress, runProvision, vaultAddress, type ProvisionOptions } from '../service/run-provision.ts';
import { startVault, type VaultServer } from './vault-server.ts';

/** Seen on two cores with everything in the disk cache. */
const USUAL_MS = 5_000;

const toolNames = ['postgres', 'redis', 'vault'] as const;

export interface StartEmbeddedOptions extends StartOptions {
  tools: Pick<Toolset, (typeof toolNames)[number]>;
}

/** Rejects with SERVER_NOT_READY, PORT_TAKEN, NO_SPACE or INTERRUPTED; nothing is left running then. */
export async function startEmbedded(options: StartEmbeddedOptions): Promise<EmbeddedSystem> {
  await reportLeftOvers(options);
  options.progress({
    kind: 'stage',
    id: 'environment',
    title: 'start Postgres, Redis and Vault on this machine',
    expectedMs: USUAL_MS,
  });
  const startedAt = new Date().toISOString();
  const startedMs = performance.now();
  const folder = SystemFolder.create(options.keep);
  try {
    const servers = await startServers(folder, options);
    const readyMs = performance.now() - startedMs;
    const system = describeSystem({ folder, keep: options.keep, startedAt, readyMs, ...servers });
    folder.writeSystem(system);
    const processes = [servers.postgres.server, servers.redis.server, servers.vault.server];
    return new EmbeddedSystem(system, folder, processes, options.ports?.services);
  } catch (error) {
    await stopSystemFolder(folder.path);
    throw asDiskFull(error, folder.path);
  }
}

/** A full disk shows as ENOSPC here, and in its own words in what a server says. */
function asDiskFull(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !/ENOSPC|no space left on device/i.test(error.message)) return error;
  return new SignoffError('NO_SPACE', `no space left for the system's data in ${folder}`, { cause: error });
}

export const embeddedDriver: EnvironmentDriver = {
  kind: 'embedded',
  prepare: async (options) => {
    const tools = await provisionTools(options, toolNames);
    return { start: (start) => startEmbedded({ ...start, tools }) };
  },
  attach: (system) => Promise.resolve(EmbeddedSystem.attach(system, SystemFolder.open(system.directory))),
};

async function reportLeftOvers({ progress }: StartOptions): Promise<void> {
  for (const { id, processes } of await removeLeftOvers()) {
    const ended = processes.length === 0 ? 'nothing of it ran any more' : `ended ${processes.join(', ')}`;
    progress({ kind: 'warning', message: `removed what a killed run left over: ${id} (${ended})` });
  }
}

interface Servers {
  postgres: PostgresServer;
  redis: RedisServer;
  vault: VaultServer;
}

/** When one fails the others are told to give up too, and are waited for: nobody starts a process after the clean-up. */
async function startServers(folder: SystemFolder, options: StartEmbeddedOptions): Promise<Servers> {
  const { tools, ports = {}, progress } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const orGiveUp = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      failed.abort(error);
      throw error;
    });
  const timed = async <T>(name: string, start: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    const server = await orGiveUp(start());
    progress({ kind: 'step', message: `${name} is ready (${((performance.now() - from) / 1000).toFixed(1)} s)` });
    return server;
  };
  const provision = (command: ProvisionOptions['command'], servers: Record<string, string>, until = signal) =>
    runProvision(folder, { command, servers, failure: 'SERVER_NOT_READY', signal: until });
  const programs = path.join(folder.path, 'programs');
  const secrets = orGiveUp(provision('secrets', {}));
  const postgres = timed('Postgres', async () => {
    const reachable = reachablePrograms(tools.postgres.path, path.join(programs, 'postgres'), folder.user);
    await secrets;
    const server = await startPostgres({ folder, programs: reachable, port: ports.postgres, signal });
    await provision('database', databaseAddress({ host: LOOPBACK, port: server.port, database: databaseName }));
    return server;
  });
  const redis = timed('Redis', async () => {
    const program = reachableProgram(tools.redis.path, programs, folder.user);
    await secrets;
    return startRedis({ folder, program, port: ports.redis, signal });
  });
  const vault = timed('Vault', async () => {
    const program = reachableProgram(tools.vault.path, programs, folder.user);
    const setUp = async (address: string, whileUp: AbortSignal) => {
      await secrets;
      await provision('vault', vaultAddress({ address }), whileUp);
    };
    return startVault({ folder, program, port: ports.vault, signal, setUp });
  });
  await Promise.allSettled([postgres, redis, vault]);
  if (failed.signal.aborted) throw failed.signal.reason;
  return { postgres: await postgres, redis: await redis, vault: await vault };
}

interface Description extends Servers {
  folder: SystemFolder;
  keep: boolean;
  startedAt: string;
  readyMs: number;
}

function describeSystem({ folder, keep, startedAt, readyMs, postgres, redis, vault }: Description): System {
  return {
    schemaVersion: 1,
    id: folder.id,
    kind: 'embedded',
    directory: folder.path,
    startedAt,
    readyMs,
    harnessPid: process.pid,
    keep,
    services: [],
    serviceImage: null,
    containers: [],
    postgres: {
      host: LOOPBACK,
      port: postgres.port,
      database: databaseName,
      adminUser: postgresAdminUser,
      adminPassword: folder.readSecret(secretFiles.postgresAdmin),
      appUser: databaseRoles.app,
      exemptUser: databaseRoles.exempt,
      pid: postgres.server.pid,
    },
    redis: {
      host: LOOPBACK,
      port: redis.port,
      adminUser: redisAdminUser,
      adminPassword: folder.readSecret(secretFiles.redisAdmin),
      pid: redis.server.pid,
    },
    vault: {
      address: vault.address,
      rootToken: folder.readSecret(secretFiles.vaultRootToken),
      unsealKey: folder.readSecret(secretFiles.vaultUnsealKey),
      pid: vault.server.pid,
    },
    manifestPath: null,
  };
}
