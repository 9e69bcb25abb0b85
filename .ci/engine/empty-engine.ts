/** Removes containers, volumes and networks of an engine of ours; images stay, for the next run. */
import { runCommand } from '../../harness/environment/processes/run-command.ts';
import { runProgram } from './run-program.ts';

/** Not stopped by an interruption: this is what comes after it. */
export async function emptyEngine(environment: NodeJS.ProcessEnv): Promise<void> {
  const signal = new AbortController().signal;
  const each = async (list: string[], remove: string[]) => {
    const { stdout } = await runCommand({ command: 'docker', args: list, env: environment });
    const names = stdout.split('\n').filter((name) => name !== '');
    if (names.length > 0) await runProgram('docker', [...remove, ...names], { environment, signal });
  };
  await each(['ps', '--all', '--quiet'], ['rm', '--force', '--volumes']);
  await each(['volume', 'ls', '--quiet'], ['volume', 'rm', '--force']);
  await each(['network', 'ls', '--quiet', '--filter', 'type=custom'], ['network', 'rm']);
  await runProgram('docker', ['image', 'prune', '--force'], { environment, signal });
}
