/** Reads docker-compose.yml as Compose itself resolves it: the images that a run needs, and which of them is built here. */
import { z } from 'zod';
import { SignoffError } from '../../model/errors.ts';
import { repositoryFolder } from '../service/service-program.ts';
import { runCommand } from '../processes/run-command.ts';
import { composeVariables } from './compose-variables.ts';

export const composeFile = 'docker-compose.yml';

const modelSchema = z.object({
  services: z.record(z.string(), z.object({ image: z.string(), build: z.unknown().optional() })),
});

export interface NeededImages {
  servers: string[];
}

/** The servers that a run starts; the profile `pool` is for people. */
const SERVERS = ['postgres', 'redis', 'vault'];

/** Rejects with BAD_CONFIGURATION, with what Compose says. */
export async function readNeededImages(signal: AbortSignal): Promise<NeededImages> {
  const outcome = await runCommand({
    command: 'docker',
    args: ['compose', '--file', composeFile, 'config', '--format', 'json'],
    cwd: repositoryFolder,
    env: composeVariables(null),
    signal,
  });
  if (outcome.exitCode !== 0) {
    throw new SignoffError('BAD_CONFIGURATION', `${composeFile} cannot be read:\n  ${outcome.tail.join('\n  ')}`);
  }
  const { services } = modelSchema.parse(JSON.parse(outcome.stdout));
  const imageOf = (name: string): string => {
    const { image } = services[name] ?? {};
    if (image === undefined) throw new SignoffError('BAD_CONFIGURATION', `${composeFile} has no service "${name}"`);
    return image;
  };
  return { servers: SERVERS.map(imageOf) };
}
