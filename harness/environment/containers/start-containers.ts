/** Starts a whole system in containers: the servers of docker-compose.yml, provisioned by the service's own program. */
import path from 'node:path';
import { repositoryFolder } from '../service/service-program.ts';
import type { System } from '../../model/system.ts';
import type { EnvironmentDriver, StartOptions } from '../environment-driver.ts';
import { LOOPBACK, requireFreePort } from '../processes/free-port.ts';
import { databaseName, databaseRoles, postgresAdminUser, redisAdminUser } from '../service/service-names.ts';
import { stopSystemFolder } from '../state/stop-system-folder.ts';
import { SystemFolder } from '../state/system-folder.ts';
import { composeFile } from './compose-model.ts';
import { ContainerSystem } from './container-system.ts';
import { copySecrets, type AdminSecrets } from './copy-secrets.ts';
import { findEngine, requireDocker, type Docker } from './engine.ts';
import { followContainers, type ContainerWatch } from './follow-containers.ts';
import { prepareImages } from './prepare-images.ts';
import { readContainer, type RunningContainer } from './read-containers.ts';
import { projectOf } from './start-services.ts';
import { startProject } from './start-project.ts';

/** Seen on two cores with the images there. */
const USUAL_MS = 12_000;
const READY_TIMEOUT_MS = 180_000;
const VAULT_PORT = 8200;

const SERVERS = ['postgres', 'redis', 'vault'] as const;
type Server = (typeof SERVERS)[number];

interface StartContainersOptions extends StartOptions {
  docker: Docker;
  serviceImage: string;
}

export const containersDriver: EnvironmentDriver = {
  kind: 'containers',
  prepare: async ({ progress, signal }) => {
    const { docker, version, composeVersion } = await findEngine();
    progress({ kind: 'step', message: `Docker ${version} with Compose ${composeVersion}` });
    const serviceImage = await prepareImages({ docker, progress, signal });
    return { start: (start) => startContainers({ ...start, docker, serviceImage }) };
  },
  attach: async (system) => {
    const docker = await requireDocker();
    const folder = SystemFolder.open(system.directory);
    return new ContainerSystem({
      docker,
      folder,
      system,
      watch: await followContainers(docker, folder),
      wantedPorts: [],
    });
  },
};

/** Rejects with SERVER_NOT_READY, PORT_TAKEN, IMAGE_MISSING or INTERRUPTED; nothing is left running then. */
async function startContainers(options: StartContainersOptions): Promise<ContainerSystem> {
  const { docker, keep, progress, serviceImage } = options;
  progress({
    kind: 'stage',
    id: 'environment',
    title: 'start Postgres, Redis and Vault in containers',
    expectedMs: USUAL_MS,
  });
  for (const [slot, port] of (options.ports?.services ?? []).entries()) {
    await requireFreePort(port, `the service in slot ${slot}`);
  }
  const folder = SystemFolder.create(keep, true);
  const startedAt = new Date().toISOString();
  const startedMs = performance.now();
  const watch = await followContainers(docker, folder);
  try {
    const servers = await startServers(folder, watch, options);
    const secrets = await copySecrets(docker, folder, options.signal);
    const readyMs = performance.now() - startedMs;
    const system = describeSystem({ folder, keep, startedAt, readyMs, servers, secrets, serviceImage });
    folder.writeSystem(system);
    progress({ kind: 'step', message: `Postgres, Redis and Vault are ready (${(readyMs / 1000).toFixed(1)} s)` });
    return new ContainerSystem({ docker, folder, system, watch, wantedPorts: options.ports?.services ?? [] });
  } catch (error) {
    watch.close();
    await stopSystemFolder(folder.path);
    throw error;
  }
}

async function startServers(
  folder: SystemFolder,
  watch: ContainerWatch,
  { docker, serviceImage, signal }: StartContainersOptions,
): Promise<Record<Server, RunningContainer>> {
  const { Wait } = await import('testcontainers');
  const started = await startProject({
    file: path.join(repositoryFolder, composeFile),
    project: projectOf(folder.id),
    services: [...SERVERS, 'provision'],
    waits: {
      secrets: Wait.forOneShotStartup(),
      provision: Wait.forOneShotStartup(),
      postgres: Wait.forHealthCheck(),
      redis: Wait.forHealthCheck(),
      // `provision` has unsealed it by then; its health check comes only twice a minute.
      vault: Wait.forHttp('/v1/sys/health', VAULT_PORT).forStatusCode(200),
    },
    run: { id: folder.id, folder: folder.path, serviceImage },
    watch,
    timeoutMs: READY_TIMEOUT_MS,
    signal,
  });
  const [postgres, redis, vault] = await Promise.all([
    readContainer(docker, started.getContainer('postgres-1').getId()),
    readContainer(docker, started.getContainer('redis-1').getId()),
    readContainer(docker, started.getContainer('vault-1').getId()),
  ]);
  return { postgres, redis, vault };
}

interface Description {
  folder: SystemFolder;
  keep: boolean;
  startedAt: string;
  readyMs: number;
  servers: Record<Server, RunningContainer>;
  secrets: AdminSecrets;
  serviceImage: string;
}

function describeSystem({ folder, keep, startedAt, readyMs, servers, secrets, serviceImage }: Description): System {
  const { postgres, redis, vault } = servers;
  return {
    schemaVersion: 1,
    id: folder.id,
    kind: 'containers',
    directory: folder.path,
    startedAt,
    readyMs,
    harnessPid: process.pid,
    keep,
    services: [],
    serviceImage,
    containers: SERVERS.map((server) => servers[server].container),
    postgres: {
      host: LOOPBACK,
      port: publishedPort(postgres, 5432),
      database: databaseName,
      adminUser: postgresAdminUser,
      adminPassword: secrets.postgresPassword,
      appUser: databaseRoles.app,
      exemptUser: databaseRoles.exempt,
      pid: postgres.pid,
    },
    redis: {
      host: LOOPBACK,
      port: publishedPort(redis, 6379),
      adminUser: redisAdminUser,
      adminPassword: secrets.redisPassword,
      pid: redis.pid,
    },
    vault: {
      address: `http://${LOOPBACK}:${publishedPort(vault, VAULT_PORT)}`,
      rootToken: secrets.vaultRootToken,
      unsealKey: secrets.vaultUnsealKey,
      pid: vault.pid,
    },
    manifestPath: null,
  };
}

function publishedPort({ container, ports }: RunningContainer, inside: number): number {
  const port = ports.get(inside);
  if (port === undefined) throw new Error(`${container.composeService} publishes no port ${inside} on ${LOOPBACK}`);
  return port;
}
