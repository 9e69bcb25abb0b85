/** Puts the manifest of the running system where the k6 scripts look for it when they are run by hand. */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CommandContext } from './command-context.ts';

export async function publishManifest(context: CommandContext, manifestPath: string): Promise<void> {
  const directory = path.join(context.root, 'seed', 'out');
  await mkdir(directory, { recursive: true });
  await copyFile(manifestPath, path.join(directory, 'manifest.json'));
}
