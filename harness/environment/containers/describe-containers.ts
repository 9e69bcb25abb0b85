/** The containers of a system with their images and limits, in one order and without what differs from run to run. */
import { z } from 'zod';
import type { ContainerLimits } from '../../model/environment.ts';
import { SignoffError } from '../../model/errors.ts';
import type { Container, System } from '../../model/system.ts';
import { repositoryFolder } from '../service/service-program.ts';
import { runCommand } from '../processes/run-command.ts';
import { composeFile } from './compose-model.ts';
import { composeVariables } from './compose-variables.ts';
import { requireDocker } from './engine.ts';

/** As Compose writes them: cores, and bytes in a text. */
const modelSchema = z.object({
  services: z.object({
    service: z.object({ cpus: z.number().nonnegative().optional(), mem_limit: z.coerce.number().optional() }),
  }),
});

/**
 * Servers as they run; the service as it is declared, because its containers come and go with the blocks, and the text
 * must not depend on which of them run just now.
 */
export async function describeContainers({ containers, serviceImage }: System): Promise<ContainerLimits[]> {
  const servers = containers.filter(({ name }) => !name.startsWith('service:')).map(limitsOf);
  return inOrder(serviceImage === null ? servers : [...servers, await describeService(serviceImage)]);
}

function inOrder(described: readonly ContainerLimits[]): ContainerLimits[] {
  return [...described].sort((one, other) => (one.composeService < other.composeService ? -1 : 1));
}

function limitsOf({ composeService, image, imageId, cpuLimit, memoryLimitBytes }: Container): ContainerLimits {
  return { composeService, image, imageId, cpuLimit, memoryLimitBytes };
}

async function describeService(image: string): Promise<ContainerLimits> {
  const [docker, outcome] = await Promise.all([
    requireDocker(),
    runCommand({
      command: 'docker',
      args: ['compose', '--file', composeFile, 'config', '--format', 'json'],
      cwd: repositoryFolder,
      env: composeVariables(null),
    }),
  ]);
  if (outcome.exitCode !== 0) {
    throw new SignoffError('BAD_CONFIGURATION', `${composeFile} cannot be read:\n  ${outcome.tail.join('\n  ')}`);
  }
  const { service } = modelSchema.parse(JSON.parse(outcome.stdout)).services;
  const { Id: imageId } = await docker.getImage(image).inspect();
  return {
    composeService: 'service',
    image,
    imageId,
    cpuLimit: orNull(service.cpus),
    memoryLimitBytes: orNull(service.mem_limit),
  };
}

/** Compose leaves out, or writes 0 for, "none". */
const orNull = (limit: number | undefined): number | null => (limit === undefined || limit === 0 ? null : limit);
