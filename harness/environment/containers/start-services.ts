/** Starts the services of a block as containers, each ready on its slot's port before it counts. */
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { SignoffError } from '../../model/errors.ts';
import type { ServiceInstance } from '../../model/system.ts';
import type { ServiceAssignment } from '../environment-driver.ts';
import { findFreePort, LOOPBACK, requireFreePort } from '../processes/free-port.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { describeArms, slotName, type SlotService } from './describe-arms.ts';
import type { Docker } from './engine.ts';
import { readContainer, type RunningContainer } from './read-containers.ts';
import { startProject, type StartProjectOptions } from './start-project.ts';

export interface StartServicesOptions extends Pick<StartProjectOptions, 'watch' | 'signal'> {
  docker: Docker;
  folder: SystemFolder;
  /** Compose's name of the project of the servers. */
  systemProject: string;
  /** Of the service as it is. */
  serviceImage: string;
  slotPorts: Map<number, number>;
  wantedPorts: readonly number[];
}

/** An assignment whose program has become an image. */
export interface ImageAssignment extends Omit<ServiceAssignment, 'entry'> {
  image: string;
}

export interface StartedService {
  instance: ServiceInstance;
  running: RunningContainer;
}

const READY_TIMEOUT_MS = 60_000;
const MOST_ATTEMPTS = 3;
const SERVICE_PORT = 8080;

export const servicesProject = (runId: string): string => `${projectOf(runId)}-services`;

/** Compose wants small letters. */
export const projectOf = (runId: string): string => `signoff-${runId.toLowerCase()}`;

export async function startServiceContainers(
  assignment: readonly ImageAssignment[],
  options: StartServicesOptions,
): Promise<StartedService[]> {
  for (let attempt = 1; ; attempt += 1) {
    const services = await choosePorts(assignment, options);
    try {
      return await startOnce(services, assignment, options);
    } catch (error) {
      const lostPort = error instanceof SignoffError && error.code === 'PORT_TAKEN';
      if (!lostPort || options.wantedPorts.length > 0 || attempt === MOST_ATTEMPTS) throw error;
      options.slotPorts.clear();
    }
  }
}

/** A slot keeps its port, and gets another only when that one is lost. */
async function choosePorts(
  assignment: readonly ImageAssignment[],
  { slotPorts, wantedPorts }: StartServicesOptions,
): Promise<SlotService[]> {
  const services: SlotService[] = [];
  for (const { arm, slot, image, database, env } of assignment) {
    const wanted = wantedPorts[slot];
    if (wanted !== undefined) await requireFreePort(wanted, `the service in slot ${slot}`);
    const port = wanted ?? slotPorts.get(slot) ?? (await findFreePort());
    slotPorts.set(slot, port);
    const ownDatabase = database === undefined ? {} : { ALPHAPULSE_DATABASE_NAME: database };
    services.push({ arm, slot, port, image, variables: { ...ownDatabase, ...env } });
  }
  return services;
}

async function startOnce(
  services: readonly SlotService[],
  assignment: readonly ImageAssignment[],
  options: StartServicesOptions,
): Promise<StartedService[]> {
  const { docker, folder, systemProject: system, serviceImage } = options;
  const file = path.join(folder.path, 'config', 'services.yml');
  writeFileSync(file, describeArms({ services, system }), { mode: 0o600 });
  const { Wait } = await import('testcontainers');
  const ready = () => Wait.forHttp('/readyz', SERVICE_PORT, { abortOnContainerExit: true }).forStatusCode(200);
  const started = await startProject({
    ...options,
    file,
    project: servicesProject(folder.id),
    services: services.map(({ slot }) => slotName(slot)),
    waits: Object.fromEntries(services.map(({ slot }) => [slotName(slot), ready()])),
    run: { id: folder.id, folder: folder.path, serviceImage },
    timeoutMs: READY_TIMEOUT_MS,
  });
  return await Promise.all(
    services.map(async ({ arm, slot, port }) => {
      const id = started.getContainer(`${slotName(slot)}-1`).getId();
      const running = await readContainer(docker, id, `service:${arm}`);
      const database = assignment.find((each) => each.slot === slot)?.database;
      const own = database === undefined ? {} : { database };
      return { instance: { arm, slot, url: `http://${LOOPBACK}:${port}`, pid: running.pid, ...own }, running };
    }),
  );
}
