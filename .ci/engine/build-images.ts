/** Sees to it that every stand-in image is there and made from what is in the work tree now. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from '../../harness/environment/processes/run-command.ts';
import { bootstrapDebian, baseImage } from './bootstrap-debian.ts';
import { fillContext, hashOf, sourcesOf } from './build-context.ts';
import type { ImageOptions } from './image-options.ts';
import { runProgram } from './run-program.ts';
import { imageOf, standIns, type StandIn } from './stand-ins.ts';

/** The label that says what an image was made from. An image is tagged when its build has ended well, and never before. */
const LABEL = 'signoff.stand-in';

/** Resolves to the variables that docker-compose.yml takes the images' names from; one that the caller has set stays. */
export async function buildImages(options: ImageOptions): Promise<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const standIn of standIns()) {
    if ((options.environment[standIn.variable] ?? '') !== '') continue;
    const sources = await sourcesOf(standIn, options);
    const hash = await hashOf(sources, baseImage);
    if ((await labelOf(imageOf(standIn), options)) !== hash) await build(standIn, sources, hash, options);
    variables[standIn.variable] = imageOf(standIn);
  }
  return variables;
}

async function build(
  standIn: StandIn,
  sources: Record<string, string>,
  hash: string,
  options: ImageOptions,
): Promise<void> {
  await ensureBase(options);
  const startedAt = performance.now();
  options.tell(`build ${imageOf(standIn)}`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-image-'));
  try {
    await fillContext(folder, sources, options);
    const settings = ['--tag', imageOf(standIn), '--label', `${LABEL}=${hash}`, '--build-arg', `BASE=${baseImage}`];
    // The host's network: the build reaches the package mirror the way this machine does. Classic builder: no plug-in needed.
    await runProgram('docker', ['build', '--network', 'host', '--force-rm', ...settings, folder], {
      environment: { ...options.environment, DOCKER_BUILDKIT: '0' },
      signal: options.signal,
    });
    // What the build went through, and the image that this one replaces: untagged now, with the base's label.
    await runProgram('docker', ['image', 'prune', '--force', '--filter', `label=${LABEL}`], options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  options.tell(`built ${imageOf(standIn)} in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}

async function ensureBase(options: ImageOptions): Promise<void> {
  if ((await labelOf(baseImage, options)) === null) await bootstrapDebian(options);
}

/** null: there is no such image. */
async function labelOf(image: string, { environment, signal }: ImageOptions): Promise<string | null> {
  const format = `{{index .Config.Labels "${LABEL}"}}`;
  const args = ['image', 'inspect', '--format', format, image];
  const outcome = await runCommand({ command: 'docker', args, env: environment, signal });
  return outcome.exitCode === 0 ? outcome.stdout.trim() : null;
}
