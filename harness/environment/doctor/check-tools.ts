/** k6, Vault, Postgres, Redis, and the Go that builds the first two where they are missing. Builds nothing. */
import path from 'node:path';
import type { Prerequisite } from '../../model/run-record.ts';
import { compareVersions } from '../tools/check-version.ts';
import { findGo, installGoHint, requiredGo, type GoToolchain } from '../tools/go-toolchain.ts';
import { findAptGet, installRedisHint } from '../tools/install-redis.ts';
import { locateTool, type Search } from '../tools/locate-tool.ts';
import { goModulesFolder } from '../tools/provision-tools.ts';
import { toolDefinitions, toolNames, type ToolDefinition } from '../tools/tool.ts';

export interface ToolChecks {
  prerequisites: Prerequisite[];
  needsBuild: ToolDefinition[];
}

export async function checkTools(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<ToolChecks> {
  const searches = await Promise.all(
    toolNames.map(async (name) => ({
      tool: toolDefinitions[name],
      search: await locateTool(toolDefinitions[name], { environment, signal }),
    })),
  );
  const missing = searches.filter(({ search }) => search.found === null).map(({ tool }) => tool);
  const needsBuild = missing.filter(({ build, variable }) => build !== null && !environment[variable]);
  const required = await newestRequiredGo();
  const [go, apt] = await Promise.all([findGo(required, environment), findAptGet(environment)]);
  const means = { environment, go, required, aptGet: apt.ok ? apt.path : null };
  const prerequisites = searches.map(({ tool, search }) => describeTool(tool, search, means));
  return { prerequisites: [...prerequisites, describeGo(go, required, needsBuild)], needsBuild };
}

async function newestRequiredGo(): Promise<string> {
  const modules = Object.values(toolDefinitions).flatMap(({ build }) => (build === null ? [] : [build.module]));
  const versions = await Promise.all(modules.map((module) => requiredGo(path.join(goModulesFolder, module))));
  return versions.sort(compareVersions).at(-1) ?? '1.25';
}

interface Means {
  environment: NodeJS.ProcessEnv;
  go: GoToolchain;
  /** The Go that both modules are content with. */
  required: string;
  /** null where nothing can be installed with it. */
  aptGet: string | null;
}

function describeTool(
  tool: ToolDefinition,
  search: Search,
  { environment, go, required, aptGet }: Means,
): Prerequisite {
  const base = { id: tool.name, title: tool.title };
  if (search.found !== null) {
    const { version, path: where, source } = search.found;
    return { ...base, ok: true, found: `version ${version}, from ${source}`, where, fix: null };
  }
  const refused = search.attempts.filter((attempt) => attempt.path !== null && attempt.source !== 'cache');
  const found = refused.map(({ path: place, reason }) => `${place}: ${reason}`).join('; ') || 'not on this machine';
  if (environment[tool.variable]) return { ...base, ok: false, found, where: null, fix: `unset ${tool.variable}` };
  if (tool.build !== null && go.ok) {
    const minutes = (tool.build.usualMs / 60_000).toFixed(1);
    return {
      ...base,
      ok: true,
      found: `${found}; it will be built from tools/${tool.build.module}, once, in about ${minutes} min`,
      where: null,
      fix: null,
    };
  }
  if (tool.name === 'redis' && aptGet !== null) {
    return { ...base, ok: true, found: `${found}; apt-get will install it`, where: aptGet, fix: null };
  }
  return { ...base, ok: false, found, where: null, fix: fixOf(tool, required) };
}

function fixOf(tool: ToolDefinition, required: string): string {
  if (tool.name === 'redis') return installRedisHint();
  return tool.build === null ? 'npm ci --include=optional' : installGoHint(required);
}

function describeGo(go: GoToolchain, required: string, needsBuild: readonly ToolDefinition[]): Prerequisite {
  const ok = go.ok || needsBuild.length === 0;
  const needed =
    needsBuild.length === 0
      ? ' (not needed: k6 and Vault are there)'
      : ` (builds ${needsBuild.map(({ title }) => title).join(' and ')})`;
  return {
    id: 'go',
    title: 'Go',
    ok,
    found: `${go.reason}${needed}`,
    where: go.program,
    fix: ok ? null : installGoHint(required),
  };
}
