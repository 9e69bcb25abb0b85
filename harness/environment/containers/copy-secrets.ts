/** Copies the administrators' secrets from the volume that `secrets` and `provision` wrote into the system's private folder. */
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SignoffError } from '../../model/errors.ts';
import { runCommand } from '../processes/run-command.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { secretFiles } from '../service/service-names.ts';
import { SECRETS } from './describe-arms.ts';
import type { Docker } from './engine.ts';
import { composeServiceLabel } from './remove-run-objects.ts';
import { runLabel } from './run-labels.ts';

export interface AdminSecrets {
  postgresPassword: string;
  redisPassword: string;
  vaultRootToken: string;
  vaultUnsealKey: string;
}

/** `docker cp` reads volumes of a container that has ended, too. */
export async function copySecrets(docker: Docker, folder: SystemFolder, signal: AbortSignal): Promise<AdminSecrets> {
  const [provision] = await docker.listContainers({
    all: true,
    filters: { label: [`${runLabel}=${folder.id}`, `${composeServiceLabel}=provision`] },
  });
  if (provision === undefined) throw new SignoffError('SERVER_NOT_READY', 'the container "provision" is gone');
  const target = folder.secretPath('admin');
  const args = ['cp', '--quiet', `${provision.Id}:${SECRETS}/admin`, target];
  const outcome = await runCommand({ command: 'docker', args, signal });
  if (outcome.exitCode !== 0) {
    throw new SignoffError('SERVER_NOT_READY', `the secrets cannot be read: ${outcome.tail.join(' ')}`);
  }
  chmodSync(target, 0o700);
  for (const name of readdirSync(target)) chmodSync(path.join(target, name), 0o600);
  const read = (name: string): string => readFileSync(folder.secretPath(name), 'utf8').trim();
  return {
    postgresPassword: read(secretFiles.postgresAdmin),
    redisPassword: read(secretFiles.redisAdmin),
    vaultRootToken: read(secretFiles.vaultRootToken),
    vaultUnsealKey: read(secretFiles.vaultUnsealKey),
  };
}
