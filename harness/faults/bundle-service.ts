/** Builds the reference service with declared defects in its source into one file that runs in place of server.ts. */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';
import { type Bundler, openBundler, type ProgramSource } from './bundle-program.ts';
import type { SourceReplacement } from './defect.ts';

export interface ServiceBundle {
  /**
   * Entry file for `node`. Where packages are bundled, it needs nothing beside it, so it can take the place of
   * /app/reference-service/server.mjs in the image too.
   */
  entry: string;
  remove(): Promise<void>;
}

/** Of the service's program; `root`: the project's folder. */
export async function openServiceBundler(root: string, packages: ProgramSource['packages']): Promise<Bundler> {
  return await openBundler({ root, program: 'server.ts', packages });
}

/**
 * `root`: the project's folder; `name`: of the defect. Two that make the same at the same time do not share a folder. `given`: for
 * whoever makes many; left out, one that bundles packages is opened for this bundle.
 */
export async function bundleService(
  root: string,
  name: string,
  replacements: readonly SourceReplacement[],
  given?: Bundler,
): Promise<ServiceBundle> {
  const cache = path.join(root, 'node_modules', '.cache', 'signoff-defects');
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(path.join(cache, `${name}-`));
  // The servers' user, who may be another one, starts it.
  await chmod(directory, 0o755);
  const entry = path.join(directory, 'server.mjs');
  const bundler = given ?? (await openServiceBundler(root, 'bundle'));
  try {
    await bundler.bundle(entry, replacements);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw new SignoffError('INTERNAL', `the service could not be built with the defect ${name}`, { cause: error });
  } finally {
    if (given === undefined) await bundler.close();
  }
  return { entry, remove: () => rm(directory, { recursive: true, force: true }) };
}
