/** Starts reference services, one process per arm and slot, each ready on its slot's port before it counts. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { modeOfArm } from '../../model/experiment.ts';
import type { ServiceInstance, System } from '../../model/system.ts';
import type { ServiceAssignment, ServiceOptions } from '../environment-driver.ts';
import { awaitReady } from '../processes/await-ready.ts';
import { findFreePort, LOOPBACK, requireFreePort, saysAddressInUse } from '../processes/free-port.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import { isReachable } from '../processes/server-user.ts';
import { redisServiceUser, rolePasswordFile, secretFiles, roleOfArm } from '../service/service-names.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { launchServer } from './launch-server.ts';
import { oneClientSettings } from '../service/one-client-settings.ts';
import { databaseAddress, redisAddress, vaultAddress } from '../service/run-provision.ts';
import { repositoryFolder, serviceFolder, typescriptNode } from '../service/service-program.ts';

export interface StartServiceOptions extends ServiceOptions {
  folder: SystemFolder;
  system: System;
  signal: AbortSignal;
  /** By slot; a slot keeps its port, and gets another only when that one is lost. */
  slotPorts: Map<number, number>;
  wantedPorts: readonly number[];
}

export interface StartedService {
  instance: ServiceInstance;
  server: ServerProcess;
}

const READY_TIMEOUT_MS = 60_000;
const MOST_ATTEMPTS = 3;

export async function startService(
  assignment: ServiceAssignment,
  options: StartServiceOptions,
): Promise<StartedService> {
  const { slot } = assignment;
  const wanted = options.wantedPorts[slot];
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? options.slotPorts.get(slot) ?? (await findFreePort());
    if (wanted !== undefined) await requireFreePort(wanted, `the service in slot ${slot}`);
    options.slotPorts.set(slot, port);
    try {
      return await startOnce(assignment, port, options);
    } catch (error) {
      if (wanted !== undefined || attempt === MOST_ATTEMPTS || !saysAddressInUse(error)) throw error;
      options.slotPorts.delete(slot);
    }
  }
}

async function startOnce(
  assignment: ServiceAssignment,
  port: number,
  options: StartServiceOptions,
): Promise<StartedService> {
  const { arm, slot, database } = assignment;
  const { folder, system } = options;
  const entry = assignment.entry ?? path.join(serviceFolder, 'server.ts');
  const node = typescriptNode();
  const reachable = [node, entry, serviceFolder, path.join(repositoryFolder, 'node_modules')].every((place) =>
    isReachable(place, folder.user),
  );
  const url = `http://${LOOPBACK}:${port}`;
  const server = launchServer(folder, {
    // One log a process: a restart must not hide what the one before it said.
    name: `service:${arm}`,
    kind: 'service',
    logName: `service-${arm}-${slot}-${countLogs(folder)}`,
    command: node,
    args: [entry],
    cwd: repositoryFolder,
    env: {
      NODE_ENV: 'production',
      ...serviceEnvironment(folder, system, assignment, port),
      ...oneClientSettings(assignment.entry),
      ...options.env,
      ...assignment.env,
    },
    // A clone below /root cannot be read by anyone else: then the service runs as we do.
    user: reachable ? folder.user : null,
  });
  await awaitReady({
    server,
    probe: () => isReady(url, server.logFile),
    timeoutMs: READY_TIMEOUT_MS,
    signal: options.signal,
  });
  return { instance: { arm, slot, url, pid: server.pid, ...(database === undefined ? {} : { database }) }, server };
}

const countLogs = (folder: SystemFolder): number =>
  readdirSync(path.join(folder.path, 'logs')).filter((name) => name.startsWith('service-')).length;

function serviceEnvironment(
  folder: SystemFolder,
  { postgres, redis, vault }: System,
  { arm, database = postgres.database }: ServiceAssignment,
  port: number,
): Record<string, string> {
  const role = roleOfArm[arm];
  return {
    ALPHAPULSE_HOST: LOOPBACK,
    ALPHAPULSE_PORT: String(port),
    ALPHAPULSE_RLS_MODE: modeOfArm[arm],
    ...databaseAddress({ ...postgres, database }),
    ...redisAddress(redis),
    ...vaultAddress(vault),
    ALPHAPULSE_DATABASE_USER: role,
    ALPHAPULSE_DATABASE_PASSWORD_FILE: folder.secretPath(rolePasswordFile(role)),
    ALPHAPULSE_REDIS_USERNAME: redisServiceUser,
    ALPHAPULSE_REDIS_PASSWORD_FILE: folder.secretPath(secretFiles.redisServicePassword),
    ALPHAPULSE_VAULT_ROLE_ID_FILE: folder.secretPath(secretFiles.vaultRoleId),
    ALPHAPULSE_VAULT_SECRET_ID_FILE: folder.secretPath(secretFiles.vaultSecretId),
    // Loopback has no TLS, and a Secure cookie would not be sent back.
    ALPHAPULSE_COOKIE_SECURE: 'false',
  };
}

const ANSWER_TIMEOUT_MS = 5_000;

/** null once /readyz says 200; otherwise what it said, which names the dependency that is missing. */
async function isReady(url: string, logFile: string): Promise<string | null> {
  // Its own word first: until then another program could be answering on this port.
  if (!readFileSync(logFile, 'utf8').includes('"event":"listening"')) return 'it does not listen yet';
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  const body = await response.text();
  return response.status === 200 ? null : `${response.status} ${body.slice(0, 500)}`;
}
