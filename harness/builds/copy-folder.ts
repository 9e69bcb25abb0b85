/** Copies of a checkout what the service is built from, as it lies there now. */
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** tsconfig.json and .npmrc bear on what esbuild and npm make of it. Those that are not there are left out. */
const parts = ['reference-service', 'package.json', 'package-lock.json', '.npmrc', 'tsconfig.json'];

export async function copyFolder(folder: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  for (const part of parts) {
    try {
      await cp(path.join(folder, part), path.join(into, part), { recursive: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}
