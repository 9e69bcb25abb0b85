/** `npm run engine -- COMMAND…`: runs a command with a container engine, Compose and images for docker-compose.yml. */
import { spawn } from 'node:child_process';
import { EngineMissing } from './engine-missing.ts';
import { withContainerEngine } from './with-container-engine.ts';

const UNAVAILABLE = 69;
const BAD_ARGUMENTS = 64;
const INTERRUPTED = 130;

const tell = (message: string): void => void process.stderr.write(`engine: ${message}\n`);

/** The engine stops when the command has ended, not before. Ctrl-C in a terminal reaches the command by itself. */
function runToEnd(command: string, args: string[], variables: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...variables } });
    const end = () => {
      if (!(interruption.signal.reason === 'SIGINT' && process.stdin.isTTY)) child.kill('SIGTERM');
    };
    interruption.signal.addEventListener('abort', end);
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? INTERRUPTED));
  });
}

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interruption.abort(name));
// The bootstrap's channel closes when it was killed.
process.on('disconnect', () => interruption.abort());

const words = process.argv.slice(2);
const [command, ...args] = words[0] === '--' ? words.slice(1) : words;
if (command === undefined) {
  tell('which command? npm run engine -- COMMAND…');
  process.exit(BAD_ARGUMENTS);
}
try {
  process.exitCode = await withContainerEngine({ tell, signal: interruption.signal }, (variables) =>
    runToEnd(command, args, variables),
  );
} catch (error) {
  if (!interruption.signal.aborted && !(error instanceof EngineMissing)) throw error;
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = interruption.signal.aborted ? INTERRUPTED : UNAVAILABLE;
}
if (process.connected) process.disconnect();
