/** Runs a program to learn its version, and decides whether that version is acceptable: nothing is used unchecked. */
import { runCommand } from '../processes/run-command.ts';
import type { ToolDefinition } from './tool.ts';

/** `version` is what the program itself says; null when it cannot be run. */
export interface VersionCheck {
  ok: boolean;
  version: string | null;
  reason: string;
}

/** A program that does not answer by then hangs; Vault takes half a second on a busy machine. */
const TIMEOUT_MS = 20_000;

/** Negative, zero or positive, by numeric parts. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number)) as [number[], number[]];
  for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export async function checkVersion(tool: ToolDefinition, program: string, signal?: AbortSignal): Promise<VersionCheck> {
  const command = [program, ...tool.versionArguments].join(' ');
  const run = runCommand({
    command: program,
    args: tool.versionArguments,
    timeoutMs: TIMEOUT_MS,
    ...(signal ? { signal } : {}),
  });
  const outcome = await run.catch((error: unknown) => {
    if (signal?.aborted) throw error;
    return error instanceof Error ? error.message : String(error);
  });
  if (typeof outcome === 'string') return { ok: false, version: null, reason: `cannot be run: ${outcome}` };
  if (outcome.timedOut)
    return { ok: false, version: null, reason: `"${command}" did not end within ${TIMEOUT_MS / 1000} s` };
  const version = tool.versionPattern.exec(outcome.tail.join('\n'))?.[1] ?? null;
  if (version === null) {
    const said = outcome.tail[0] ?? `nothing, exit code ${outcome.exitCode ?? outcome.signal ?? 'unknown'}`;
    return { ok: false, version, reason: `"${command}" does not tell a version of ${tool.title}; it said: ${said}` };
  }
  if (compareVersions(version, tool.atLeast) < 0 || compareVersions(version, tool.below) >= 0) {
    return {
      ok: false,
      version,
      reason: `version ${version}; needed is ${tool.atLeast} or later, below ${tool.below}`,
    };
  }
  return { ok: true, version, reason: `version ${version}` };
}
