/** Finds the Go that can build a tool: which version it is, and whether it is new enough. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { compareVersions } from './check-version.ts';
import { searchPath } from './locate-tool.ts';
import { runCommand } from '../processes/run-command.ts';

export interface GoToolchain {
  ok: boolean;
  /** null where there is none. */
  program: string | null;
  version: string | null;
  reason: string;
}

/** Since this version Go fetches a newer version of itself when a module asks for one, unless GOTOOLCHAIN=local. */
const FETCHES_ITSELF_SINCE = '1.21';

/** The version that the `go` line of a go.mod asks for. */
export async function requiredGo(moduleFolder: string): Promise<string> {
  const text = await readFile(path.join(moduleFolder, 'go.mod'), 'utf8');
  const version = /^go (\d+(?:\.\d+)+)/m.exec(text)?.[1];
  if (version === undefined) throw new Error(`${moduleFolder}/go.mod has no go line`);
  return version;
}

/** Go's download page and its installer's usual place, where PATH often does not point. */
const USUAL_FOLDERS = ['/usr/local/go/bin', '/opt/homebrew/bin', '/usr/lib/go/bin'];

export async function findGo(required: string, environment: NodeJS.ProcessEnv = process.env): Promise<GoToolchain> {
  const places = [environment.PATH ?? '', ...USUAL_FOLDERS].join(path.delimiter);
  const [program] = await searchPath(['go'], places);
  if (program === undefined) return { ok: false, program: null, version: null, reason: 'no "go" in PATH' };
  const [versionRun, toolchainRun] = await Promise.all([
    runCommand({ command: program, args: ['version'], env: environment }),
    runCommand({ command: program, args: ['env', 'GOTOOLCHAIN'], env: environment }),
  ]);
  const version = /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(versionRun.stdout)?.[1] ?? null;
  if (version === null) return { ok: false, program, version, reason: `"${program} version" does not tell a version` };
  if (compareVersions(version, required) >= 0) return { ok: true, program, version, reason: `Go ${version}` };
  const local = toolchainRun.stdout.trim().startsWith('local');
  if (compareVersions(version, FETCHES_ITSELF_SINCE) >= 0 && !local) {
    return { ok: true, program, version, reason: `Go ${version}, which fetches Go ${required} for this build` };
  }
  const why = local ? ' and GOTOOLCHAIN=local keeps it from fetching a newer one' : '';
  return { ok: false, program, version, reason: `Go ${version} is too old: ${required} or later is needed${why}` };
}

/** The command that brings a Go that is new enough to where we look for it. */
export function installGoHint(required: string): string {
  if (process.platform === 'darwin') return `brew install go   # ${required} or later`;
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  return `curl -fsSL https://go.dev/dl/go${required}.linux-${architecture}.tar.gz | ${sudo}tar -C /usr/local -xz`;
}
