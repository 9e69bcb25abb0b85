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
  const inspection = await docker.getImage(image).inspect();
  return {
    composeService: 'service',
    image: nameImage(image, inspection),
    imageId: inspection.Id,
    cpuLimit: orNull(service.cpus),
    memoryLimitBytes: orNull(service.mem_limit),
  };
}

/** Compose leaves out, or writes 0 for, "none". */
const orNull = (limit: number | undefined): number | null => (limit === undefined || limit === 0 ? null : limit);

/** The part of an image's description that names it; the engine writes null for lists and maps that are empty. */
interface ImageNames {
  RepoTags: readonly string[] | null;
  Config: { Labels: Readonly<Record<string, string>> | null };
}

const REVISION_LABEL = 'org.opencontainers.image.revision';

/** A name for people, of an image that may be asked for by its id; with the commit that it was built from, where it says so. */
export function nameImage(asked: string, { RepoTags, Config }: ImageNames): string {
  const name = asked.startsWith('sha256:') ? (RepoTags?.[0] ?? asked) : asked;
  const revision = Config.Labels?.[REVISION_LABEL] ?? '';
  return revision === '' ? name : `${name}, revision ${shorten(revision)}`;
}

/** A commit's id cut to twelve digits; what follows it ("-dirty") stays. */
function shorten(revision: string): string {
  return revision.replace(/^([0-9a-f]{12})[0-9a-f]+/, '$1');
}
