/** Removes what runs of ours have on the engine although their folder is gone: nobody else would ever find it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findDocker, type Docker } from './engine.ts';
import { folderLabel, ownerLabel, runLabel, thisOwner } from './run-labels.ts';
import { removeFromEngine } from './remove-from-engine.ts';

export interface Stray {
  id: string;
  /** Where its folder was. */
  directory: string;
  /** Of the containers that still ran. */
  names: string[];
}

export async function removeStrays(): Promise<Stray[]> {
  const docker = await findDocker();
  if (docker === null) return [];
  const strays: Stray[] = [];
  for (const [id, directory] of await findStrays(docker)) {
    strays.push({ id, directory, names: await removeFromEngine(id) });
  }
  return strays;
}

/** Run → folder. Only this user's, of this machine; a folder in another TMPDIR is looked up where it lies. */
async function findStrays(docker: Docker): Promise<Map<string, string>> {
  const filters = { label: [`${ownerLabel}=${thisOwner()}`] };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  const labels = [...containers, ...networks, ...volumes.Volumes].map((each) => each.Labels ?? {});
  const runs = labels.flatMap(({ [runLabel]: run, [folderLabel]: folder }) =>
    run === undefined || folder === undefined || !path.isAbsolute(folder) ? [] : ([[run, folder]] as const),
  );
  return new Map(runs.filter(([, folder]) => !existsSync(folder)));
}
