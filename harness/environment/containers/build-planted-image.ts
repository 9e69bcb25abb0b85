/** Builds the image of a service with another entry file, of another build or with a planted defect, on top of the real one. */
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SignoffError } from '../../model/errors.ts';
import { runCommand } from '../processes/run-command.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { runLabel } from './run-labels.ts';

export interface PlantedImageOptions {
  folder: SystemFolder;
  /** The image it stands on. */
  production: string;
  /** A bundle that needs nothing beside it. */
  entry: string;
  /** Of the bundle; a name for it. */
  digest: string;
  signal: AbortSignal;
}

/** It carries the run's label, so it goes with the run. */
export async function buildPlantedImage({
  folder,
  production,
  entry,
  digest,
  signal,
}: PlantedImageOptions): Promise<string> {
  const tag = `signoff/planted:${folder.id.toLowerCase()}-${digest.slice(0, 12)}`;
  const base = `${tag}-base`;
  const context = mkdtempSync(path.join(folder.path, 'image-'));
  try {
    copyFileSync(entry, path.join(context, 'server.mjs'));
    chmodSync(path.join(context, 'server.mjs'), 0o444);
    // BuildKit takes no image by its id.
    await docker(['tag', production, base], signal);
    const recipe = [`FROM ${base}`, 'COPY server.mjs reference-service/server.mjs', ''];
    writeFileSync(path.join(context, 'Dockerfile'), recipe.join('\n'));
    await docker(['build', '--quiet', '--label', `${runLabel}=${folder.id}`, '--tag', tag, context], signal);
    return tag;
  } finally {
    // Only the name: the image itself has another. Whatever cut the build short, this is done.
    await docker(['rmi', base], new AbortController().signal).catch(() => undefined);
    rmSync(context, { recursive: true, force: true });
  }
}

async function docker(args: string[], signal: AbortSignal): Promise<void> {
  const outcome = await runCommand({ command: 'docker', args, signal });
  if (outcome.exitCode === 0) return;
  const said = outcome.tail.join('\n  ');
  throw new SignoffError('IMAGE_MISSING', `docker ${args.join(' ')} failed:\n  ${said}`);
}
