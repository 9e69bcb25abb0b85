/** Gets the tools that a run needs: found on the machine, or else built or installed, each attempt told with its reason. */
import path from 'node:path';
import { SignoffError } from '../../model/errors.ts';
import type { Progress } from '../../model/progress.ts';
import { buildGoTool } from './build-go-tool.ts';
import { findGo, installGoHint, requiredGo } from './go-toolchain.ts';
import { installRedis, installRedisHint } from './install-redis.ts';
import { locateTool, type Search } from './locate-tool.ts';
import {
  toolDefinitions,
  type Attempt,
  type LocatedTool,
  type ToolDefinition,
  type ToolName,
  type Toolset,
} from './tool.ts';

export interface ProvisionOptions {
  progress: Progress;
  signal: AbortSignal;
  environment?: NodeJS.ProcessEnv;
  /** The folder of the Go modules; this repository's tools/ unless a test says otherwise. */
  modulesFolder?: string;
}

/** tools/ of this repository. */
export const goModulesFolder = path.join(import.meta.dirname, '..', '..', '..', 'tools');

/** Rejects with TOOL_MISSING (naming every attempt and the command that helps), TOOL_BUILD_FAILED, NO_SPACE or INTERRUPTED. */
export async function provisionTools<N extends ToolName>(
  options: ProvisionOptions,
  names: readonly N[],
): Promise<Pick<Toolset, N>> {
  const searches = await Promise.all(names.map(async (name) => ({ name, search: await locate(name, options) })));
  const tools: Partial<Pick<Toolset, N>> = {};
  // What is missing is made one after the other: each build uses all cores by itself.
  for (const { name, search } of searches) {
    const tool = search.found ?? (await obtain(toolDefinitions[name], search.attempts, options));
    const message = `${toolDefinitions[name].title} ${tool.version} from ${tool.source}: ${tool.path}`;
    options.progress({ kind: 'step', message });
    tools[name] = tool;
  }
  return tools as Pick<Toolset, N>;
}

/** One tool by name, for what needs no more than that. */
export async function provisionTool(name: ToolName, options: ProvisionOptions): Promise<LocatedTool> {
  const search = await locate(name, options);
  return search.found ?? obtain(toolDefinitions[name], search.attempts, options);
}

function locate(name: ToolName, { environment, signal }: ProvisionOptions): Promise<Search> {
  return locateTool(toolDefinitions[name], { signal, ...(environment ? { environment } : {}) });
}

async function obtain(tool: ToolDefinition, attempts: Attempt[], options: ProvisionOptions): Promise<LocatedTool> {
  const variable = attempts.find((attempt) => attempt.source === 'variable' && attempt.path !== null);
  if (variable !== undefined)
    throw describeMissing(
      tool,
      attempts,
      `unset ${tool.variable}, or let it name ${tool.title} ${tool.atLeast} or later`,
    );
  if (tool.build !== null) return obtainByBuild(tool, attempts, options);
  if (tool.name === 'redis') return obtainRedis(tool, attempts, options);
  throw describeMissing(tool, attempts, 'npm ci --include=optional   # brings the Postgres of this platform');
}

async function obtainByBuild(
  tool: ToolDefinition,
  attempts: Attempt[],
  options: ProvisionOptions,
): Promise<LocatedTool> {
  const modulesFolder = options.modulesFolder ?? goModulesFolder;
  const required = await requiredGo(path.join(modulesFolder, tool.build?.module ?? tool.name));
  const go = await findGo(required, options.environment);
  if (!go.ok || go.program === null) {
    attempts.push({ source: 'build', path: go.program, ok: false, reason: go.reason });
    throw describeMissing(tool, attempts, installGoHint(required));
  }
  const program = await buildGoTool(tool, { ...options, go: go.program, modulesFolder });
  attempts.push({ source: 'build', path: program, ok: true, reason: `built with ${go.reason}` });
  return { tool: tool.name, path: program, version: tool.build?.version ?? '', source: 'build', attempts };
}

async function obtainRedis(tool: ToolDefinition, attempts: Attempt[], options: ProvisionOptions): Promise<LocatedTool> {
  const attempt = await installRedis(options);
  attempts.push(attempt);
  const search = attempt.ok ? await locate('redis', options) : null;
  if (search?.found) return { ...search.found, source: 'distribution', attempts };
  throw describeMissing(tool, [...attempts, ...(search?.attempts ?? [])], installRedisHint());
}

function describeMissing(tool: ToolDefinition, attempts: Attempt[], fix: string): SignoffError {
  const lines = attempts.map(
    ({ source, path: place, reason }) => `  ${source}: ${place === null ? '' : `${place}: `}${reason}`,
  );
  const message = `${tool.title} (${tool.why}) is missing; looked at, in this order:\n${lines.join('\n')}`;
  return new SignoffError('TOOL_MISSING', message, { hint: `${fix}\nOr set ${tool.variable} to one that you have.` });
}
