/** Builds the reference service with declared defects in its source into one file that runs in place of server.ts. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { SignoffError } from '../model/errors.ts';
import type { SourceReplacement } from './defect.ts';
import { replaceSource } from './replace-source.ts';

export interface ServiceBundle {
  /** Entry file for `node`. */
  entry: string;
  remove(): Promise<void>;
}

/**
 * `root`: the project's folder; `name`: distinguishes bundles made at the same time.
 * The file lies below node_modules, from where it resolves the same packages as the source does.
 */
export async function bundleService(
  root: string,
  name: string,
  replacements: readonly SourceReplacement[],
): Promise<ServiceBundle> {
  const source = path.join(root, 'reference-service');
  const directory = path.join(root, 'node_modules', '.cache', 'signoff-defects', name);
  await mkdir(directory, { recursive: true });
  const entry = path.join(directory, 'server.mjs');
  try {
    await build({
      entryPoints: [path.join(source, 'server.ts')],
      outfile: entry,
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      packages: 'external',
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [replaceSource(source, replacements)],
    });
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw new SignoffError('INTERNAL', `the service could not be built with the defect ${name}`, { cause: error });
  }
  return { entry, remove: () => rm(directory, { recursive: true, force: true }) };
}
