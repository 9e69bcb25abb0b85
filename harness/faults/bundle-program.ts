/** Bundles a program of the reference service into one file that needs no node_modules, with declared changes in its source. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import type { SourceReplacement } from './defect.ts';
import { replaceSource } from './replace-source.ts';

export interface BundleProgramOptions {
  /** The folder that holds reference-service/ and node_modules/. */
  root: string;
  /** Path below reference-service/, for instance "server.ts". */
  program: string;
  outfile: string;
  replacements?: readonly SourceReplacement[];
}

/**
 * Built with the options of that source's own image: the intact program and a changed one differ in nothing but the change.
 * The bytes do not depend on where `root` lies, nor on whether its node_modules is a link.
 */
export async function bundleProgram({
  root,
  program,
  outfile,
  replacements = [],
}: BundleProgramOptions): Promise<void> {
  const source = path.join(root, 'reference-service');
  const options = await readFile(path.join(source, 'build', 'bundle-options.json'), 'utf8');
  await build({
    ...(JSON.parse(options) as BuildOptions),
    absWorkingDir: root,
    preserveSymlinks: true,
    entryPoints: [path.join(source, program)],
    outfile,
    plugins: [replaceSource(source, replacements)],
  });
}
