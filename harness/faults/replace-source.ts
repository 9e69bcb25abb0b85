/** An esbuild plugin that replaces declared places of the service's source, and fails unless each matches exactly once. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { SignoffError } from '../model/errors.ts';
import type { SourceReplacement } from './defect.ts';

const everyTypeScriptFile = /\.ts$/;

/** The text with one replacement made; INTERNAL when the pattern is not there exactly once. */
export function replaceOnce(text: string, replacement: SourceReplacement): string {
  const matches = text.split(replacement.pattern).length - 1;
  if (matches !== 1) {
    throw new SignoffError(
      'INTERNAL',
      `a planted defect expects its pattern once in ${replacement.file}, found it ${matches} times: ${replacement.pattern}`,
      { hint: 'The source has changed: bring the defect in harness/faults/defects.ts up to date.' },
    );
  }
  return text.replace(replacement.pattern, () => replacement.replacement);
}

/**
 * `directory`: the folder that the replacements' paths start from. `replacementsNow` is asked as each build starts, so that one
 * context makes several builds. Fails the build when a named file is never loaded.
 */
export function replaceSource(directory: string, replacementsNow: () => readonly SourceReplacement[]): Plugin {
  return {
    name: 'replace-source',
    setup: (build) => {
      let replacements: readonly SourceReplacement[] = [];
      const untouched = new Set<string>();
      build.onStart(() => {
        replacements = replacementsNow();
        untouched.clear();
        for (const { file } of replacements) untouched.add(file);
      });
      build.onLoad({ filter: everyTypeScriptFile }, async ({ path: file }) => {
        const name = path.relative(directory, file).split(path.sep).join('/');
        const here = replacements.filter((replacement) => replacement.file === name);
        if (here.length === 0) return undefined;
        untouched.delete(name);
        return { contents: here.reduce(replaceOnce, await readFile(file, 'utf8')), loader: 'ts' };
      });
      build.onEnd(() => ({
        errors: [...untouched].map((file) => ({ text: `${file} of a planted defect is no part of the service` })),
      }));
    },
  };
}
