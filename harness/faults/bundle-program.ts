/** Bundles a program of the reference service into one file, with declared changes in its source. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, context } from 'esbuild';
import type { SourceReplacement } from './defect.ts';
import { replaceSource } from './replace-source.ts';

export interface ProgramSource {
  /** The folder that holds reference-service/ and node_modules/. */
  root: string;
  /** Path below reference-service/, for instance "server.ts". */
  program: string;
  /**
   * "bundle": the file needs nothing beside it. "external": it takes its packages from the node_modules above it, as the sources do,
   * and is made in a tenth of the time.
   */
  packages: 'bundle' | 'external';
}

export interface BundleProgramOptions extends Omit<ProgramSource, 'packages'> {
  outfile: string;
  replacements?: readonly SourceReplacement[];
}

/** Makes one bundle after the other of the same program: what none of them changes is read and parsed once. */
export interface Bundler {
  /** Rejects while another one is being made. */
  bundle(outfile: string, replacements: readonly SourceReplacement[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Builds with the options of that source's own image: the intact program and a changed one differ in nothing but the change.
 * The bytes do not depend on where `root` lies, nor on whether its node_modules is a link.
 */
export async function openBundler({ root, program, packages }: ProgramSource): Promise<Bundler> {
  const source = path.join(root, 'reference-service');
  const options = await readFile(path.join(source, 'build', 'bundle-options.json'), 'utf8');
  let current: readonly SourceReplacement[] | null = null;
  const builds = await context({
    ...(JSON.parse(options) as BuildOptions),
    absWorkingDir: root,
    preserveSymlinks: true,
    entryPoints: [path.join(source, program)],
    outfile: path.join(root, 'bundle.mjs'),
    write: false,
    packages,
    plugins: [replaceSource(source, () => current ?? [])],
  });
  return {
    bundle: async (outfile, replacements) => {
      if (current !== null) throw new Error('a bundler makes one bundle at a time');
      current = replacements;
      try {
        const { outputFiles } = await builds.rebuild();
        const [made] = outputFiles ?? [];
        if (made === undefined) throw new Error(`bundling ${program} made no file`);
        await writeFile(outfile, made.contents);
      } finally {
        current = null;
      }
    },
    close: () => builds.dispose(),
  };
}

/** One that needs nothing beside it. */
export async function bundleProgram({ outfile, replacements = [], ...source }: BundleProgramOptions): Promise<void> {
  const bundler = await openBundler({ ...source, packages: 'bundle' });
  try {
    await bundler.bundle(outfile, replacements);
  } finally {
    await bundler.close();
  }
}
