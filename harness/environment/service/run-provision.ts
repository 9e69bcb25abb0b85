/** Runs the service's own provisioning program, as an operator would, on the servers of a system and its tree of secrets. */
import path from 'node:path';
import { SignoffError, type ErrorCode } from '../../model/errors.ts';
import { baseEnvironment } from '../processes/base-environment.ts';
import { runCommand } from '../processes/run-command.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { repositoryFolder, serviceFolder, typescriptNode } from './service-program.ts';

/** The service's variables for the addresses of a system's servers. */
export const databaseAddress = ({ host, port, database }: { host: string; port: number; database: string }) => ({
  ALPHAPULSE_DATABASE_HOST: host,
  ALPHAPULSE_DATABASE_PORT: String(port),
  ALPHAPULSE_DATABASE_NAME: database,
});
export const redisAddress = ({ host, port }: { host: string; port: number }) => ({
  ALPHAPULSE_REDIS_HOST: host,
  ALPHAPULSE_REDIS_PORT: String(port),
});
export const vaultAddress = ({ address }: { address: string }) => ({ ALPHAPULSE_VAULT_ADDR: address });

/** Three of these run while a system starts; Node keeps what it compiled of them, which halves the time that they take. */
const compileCache = path.join(repositoryFolder, 'node_modules', '.cache', 'signoff-compile');

export interface ProvisionOptions {
  command: 'secrets' | 'database' | 'vault' | 'tenants';
  /** Where the servers are that it needs: ALPHAPULSE_… */
  servers: Record<string, string>;
  /** What it means when it fails. */
  failure: ErrorCode;
  signal: AbortSignal;
}

export async function runProvision(
  folder: SystemFolder,
  { command, servers, failure, signal }: ProvisionOptions,
): Promise<void> {
  const name = `provision-${command}`;
  const outcome = await runCommand({
    command: typescriptNode(),
    args: [path.join(serviceFolder, 'provision.ts'), command, '--secrets', folder.secretPath('')],
    cwd: repositoryFolder,
    env: { ...baseEnvironment(), NODE_COMPILE_CACHE: compileCache, ...servers },
    signal,
    onStart: (identity) => {
      folder.recordProcess({ ...identity, name, kind: 'command', logFile: folder.logFile(name) });
      return { ended: () => folder.forgetProcess(identity) };
    },
  });
  if (outcome.exitCode === 0) return;
  const how = outcome.signal ?? `exit code ${outcome.exitCode ?? 'unknown'}`;
  throw new SignoffError(failure, `provision ${command} ended with ${how}:\n  ${outcome.tail.join('\n  ')}`);
}
