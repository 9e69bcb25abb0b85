/** Where the reference service lies and which Node runs it. The harness knows it as programs, never as modules. */
import { createRequire } from 'node:module';
import path from 'node:path';

export const repositoryFolder = path.join(import.meta.dirname, '..', '..', '..');
export const serviceFolder = path.join(repositoryFolder, 'reference-service');
export const seedProgram = path.join(repositoryFolder, 'seed', 'main.ts');

/** The Node that runs TypeScript directly: this one, or the pinned one when an older Node runs us (an editor's test runner). */
export function typescriptNode(): string {
  if (process.features.typescript) return process.execPath;
  const manifest = createRequire(import.meta.url).resolve('node/package.json');
  return path.join(path.dirname(manifest), 'bin', 'node');
}
