/** Runs a program that must succeed; otherwise its last lines are the error. */
import { runCommand, type CommandOutcome } from '../../harness/environment/processes/run-command.ts';

export interface ProgramRun {
  environment?: NodeJS.ProcessEnv;
  cwd?: string;
  signal: AbortSignal;
}

const SHOWN_LINES = 25;

export async function runProgram(command: string, args: string[], run: ProgramRun): Promise<CommandOutcome> {
  const outcome = await runCommand({
    command,
    args,
    env: run.environment ?? process.env,
    signal: run.signal,
    ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
  });
  if (outcome.exitCode === 0) return outcome;
  const how = outcome.signal ?? `exit code ${outcome.exitCode ?? 'unknown'}`;
  throw new Error(
    `"${[command, ...args].join(' ')}" ended with ${how}:\n  ${outcome.tail.slice(-SHOWN_LINES).join('\n  ')}`,
  );
}
