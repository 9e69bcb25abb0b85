/** Arguments → command → exit code; gives the commands their outside world, so that none of them touches `process`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandContext } from './commands/command-context.ts';
import { runProgram } from './commands/program.ts';
import { SignoffError } from './model/errors.ts';

const root = path.dirname(import.meta.dirname);

function readVersion(): string {
  const data: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return typeof data === 'object' && data !== null && 'version' in data ? String(data.version) : 'unknown';
}

/** Aborts at the first signal, or when the bootstrap that started us is gone; a second signal changes nothing. */
function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (why: string) => {
    if (controller.signal.aborted) return;
    process.stderr.write(`\nsignoff: ${why}; stopping what was started\n`);
    controller.abort(new SignoffError('INTERRUPTED', why));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => interrupt(`interrupted by ${signal}`));
  // Whoever read us has gone (a pager that was left, `| head`): nobody waits for the result any more.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (!controller.signal.aborted)
        controller.abort(new SignoffError('INTERRUPTED', 'nobody reads the output any more'));
    });
  }
  process.on('disconnect', () => interrupt('the process that started signoff is gone'));
  return controller.signal;
}

const colourWanted = process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
const context: CommandContext = {
  root,
  workingDirectory: process.cwd(),
  env: process.env,
  pid: process.pid,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  interactive: process.stderr.isTTY,
  columns: () => process.stderr.columns ?? 80,
  colour: colourWanted && process.stderr.isTTY,
  signal: listenForInterruption(),
  now: () => new Date(),
  elapsed: () => performance.now(),
};

process.exitCode = await runProgram(context, readVersion(), process.argv.slice(2));
// The IPC channel to the bootstrap would keep the process alive; there is nothing left to hear on it.
process.removeAllListeners('disconnect');
if (process.connected) process.disconnect();
