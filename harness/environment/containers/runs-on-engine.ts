/** Whether a container of a run is running. */
import { findDocker } from './engine.ts';
import { runLabel } from './run-labels.ts';

export async function runsOnEngine(runId: string): Promise<boolean> {
  const docker = await findDocker();
  if (docker === null) return false;
  const running = await docker.listContainers({ filters: { label: [`${runLabel}=${runId}`] } });
  return running.length > 0;
}
