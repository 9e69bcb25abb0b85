/** The user's cache of tools that were built: one folder per tool, version and platform, complete or not there at all. */
import os from 'node:os';
import path from 'node:path';
import type { ToolDefinition } from './tool.ts';

/** `<user's cache folder>/signoff/tools`, by the rules of each system (XDG base directories on Linux). */
export function toolCacheRoot(environment: NodeJS.ProcessEnv = process.env): string {
  const xdg = environment.XDG_CACHE_HOME;
  const home = environment.HOME ?? os.homedir();
  const macos = process.platform === 'darwin' ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache');
  // The specification tells programs to ignore a relative path.
  const base = xdg !== undefined && path.isAbsolute(xdg) ? xdg : macos;
  return path.join(base, 'signoff', 'tools');
}

/** Folder and program of a tool in the cache; null for tools that are not built. */
export function cachedTool(
  tool: ToolDefinition,
  environment?: NodeJS.ProcessEnv,
): { folder: string; program: string } | null {
  const program = tool.programs[0];
  if (tool.build === null || program === undefined) return null;
  const name = `${tool.name}-${tool.build.version}-${process.platform}-${process.arch}`;
  const folder = path.join(toolCacheRoot(environment), name);
  return { folder, program: path.join(folder, program) };
}
