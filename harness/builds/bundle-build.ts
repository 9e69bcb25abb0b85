/** Bundles the service and its migrations from a tree of source into a folder named by what is in it. */
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { bundleProgram } from '../faults/bundle-program.ts';
import type { SourceReplacement } from '../faults/defect.ts';
import { SignoffError } from '../model/errors.ts';
import { markUsed } from './build-cache.ts';
import { hashProgram } from './hash-program.ts';

export interface BundleBuildOptions {
  ref: string;
  /** Holds reference-service/ and node_modules/. */
  tree: string;
  cache: string;
  replacements: readonly SourceReplacement[];
}

export interface BuiltProgram {
  /** One file that takes the place of reference-service/server.ts. */
  serviceEntry: string;
  /** `node ENTRY up` migrates; the migrations of that build lie beside it. */
  migrateEntry: string;
  /** SHA-256 of the programs and the migrations. */
  contentHash: string;
}

const names = { service: 'server.mjs', migrate: 'migrate.mjs', migrations: 'migrations' };

/** Rejects with BUILD_FAILED, with what esbuild said. */
export async function bundleBuild({ ref, tree, cache, replacements }: BundleBuildOptions): Promise<BuiltProgram> {
  const source = path.join(tree, 'reference-service');
  requireSource(ref, source);
  const making = await mkdtemp(path.join(cache, 'making-'));
  try {
    const bundle = { root: tree, outfile: path.join(making, names.service) };
    await bundleProgram({ ...bundle, program: 'server.ts', replacements });
    await bundleProgram({ ...bundle, program: 'migrate.ts', outfile: path.join(making, names.migrate) });
    await cp(path.join(source, names.migrations), path.join(making, names.migrations), { recursive: true });
    const contentHash = await hashProgram(making);
    const folder = path.join(cache, `program-${contentHash.slice(0, 16)}`);
    await keep(making, folder);
    return {
      serviceEntry: path.join(folder, names.service),
      migrateEntry: path.join(folder, names.migrate),
      contentHash,
    };
  } catch (error) {
    throw new SignoffError('BUILD_FAILED', `the service of ${ref} cannot be built: ${String(error)}`, { cause: error });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Under the name that it keeps; what is there already is the same. The servers' user must be able to read it. */
async function keep(making: string, folder: string): Promise<void> {
  await chmod(making, 0o755);
  if (!existsSync(folder)) {
    await rename(making, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // otherwise another program has built the same meanwhile
    });
  }
  await markUsed(folder);
}

function requireSource(ref: string, source: string): void {
  const needed = ['server.ts', 'migrate.ts', 'build/bundle-options.json', 'migrations'];
  const missing = needed.filter((name) => !existsSync(path.join(source, name)));
  if (missing.length === 0) return;
  throw new SignoffError('BUILD_FAILED', `${ref} has no reference-service/${missing.join(', reference-service/')}`, {
    hint: 'Name a revision or a folder whose service can be built into one file.',
  });
}
