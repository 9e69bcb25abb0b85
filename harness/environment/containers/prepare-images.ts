/** Gets the images of a run onto the engine: the servers' pulled unless they are there, the service's built from this very source. */
import { createHash } from 'node:crypto';
import { SignoffError } from '../../model/errors.ts';
import type { Progress } from '../../model/progress.ts';
import { repositoryFolder } from '../service/service-program.ts';
import { runCommand } from '../processes/run-command.ts';
import { composeFile, readNeededImages } from './compose-model.ts';
import { composeVariables } from './compose-variables.ts';
import { readCommit } from '../read-commit.ts';
import type { Docker } from './engine.ts';

/** Another clone on the same engine has another name for its own. */
const ownImage = `localhost/signoff/reference-service:${createHash('sha256').update(repositoryFolder).digest('hex').slice(0, 12)}`;

/** In the Dockerfile: by it images of former sources are found that no name and no container holds any more. */
const BUILD_LABEL = 'signoff.image=service';

export interface PrepareImagesOptions {
  docker: Docker;
  progress: Progress;
  signal: AbortSignal;
}

/** Returns the id of the service's image. Rejects with IMAGE_MISSING, with what the engine said. */
export async function prepareImages({ docker, progress, signal }: PrepareImagesOptions): Promise<string> {
  const ready = process.env['SIGNOFF_SERVICE_IMAGE'] ?? '';
  const service = ready === '' ? ownImage : ready;
  const images = await readNeededImages(signal);
  for (const image of images.servers) {
    if (!(await isPresent(docker, image))) await pull(image, progress, signal);
  }
  if (ready === '') await buildService(progress, signal);
  else if (!(await isPresent(docker, service))) await pull(service, progress, signal);
  const { Id } = await docker.getImage(service).inspect();
  await removeFormerBuilds(docker);
  return Id;
}

async function isPresent(docker: Docker, image: string): Promise<boolean> {
  try {
    await docker.getImage(image).inspect();
    return true;
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return false;
    throw error;
  }
}

const MOST_LINES = 12;
const OTHER_IMAGES =
  'Check the network, or name an image that is there in SIGNOFF_POSTGRES_IMAGE, SIGNOFF_REDIS_IMAGE, SIGNOFF_VAULT_IMAGE, SIGNOFF_NODE_IMAGE or SIGNOFF_SERVICE_IMAGE.\nOr use --environment embedded: it needs no images.';

async function pull(image: string, progress: Progress, signal: AbortSignal): Promise<void> {
  progress({ kind: 'step', message: `pull ${image}` });
  const outcome = await runCommand({ command: 'docker', args: ['pull', '--quiet', image], signal });
  if (outcome.exitCode === 0) return;
  const said = outcome.tail.slice(-MOST_LINES).join('\n  ');
  throw new SignoffError('IMAGE_MISSING', `the image ${image} is not on this engine and cannot be pulled:\n  ${said}`, {
    hint: OTHER_IMAGES,
  });
}

/** The engine keeps its layers: unchanged source is built within a second or two. */
async function buildService(progress: Progress, signal: AbortSignal): Promise<void> {
  progress({ kind: 'step', message: 'build the image of the service from this source' });
  const { gitSha, dirty } = await readCommit(repositoryFolder);
  const revision = gitSha === null ? {} : { SIGNOFF_REVISION: dirty === true ? `${gitSha}-dirty` : gitSha };
  const outcome = await runCommand({
    command: 'docker',
    args: ['compose', '--file', composeFile, 'build', '--quiet', 'secrets'],
    cwd: repositoryFolder,
    env: { ...composeVariables(null), ...revision, SIGNOFF_SERVICE_IMAGE: ownImage },
    signal,
  });
  if (outcome.exitCode === 0) return;
  const said = outcome.tail.slice(-MOST_LINES).join('\n  ');
  throw new SignoffError('IMAGE_MISSING', `the image of the service cannot be built:\n  ${said}`, {
    hint: OTHER_IMAGES,
  });
}

async function removeFormerBuilds(docker: Docker): Promise<void> {
  await docker.pruneImages({ filters: { dangling: { true: true }, label: { [BUILD_LABEL]: true } } });
}
