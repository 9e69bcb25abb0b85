/** Takes a run off the engine: Compose commands that are still at work first, then whatever carries its label. */
import { requireDocker } from './engine.ts';
import { endComposeCommands } from './compose-commands.ts';
import { removeRunObjects } from './remove-run-objects.ts';

/** Names of the containers that still ran. Rejects with ENGINE_UNUSABLE where no engine answers. */
export async function removeFromEngine(runId: string): Promise<string[]> {
  await endComposeCommands(runId);
  return removeRunObjects(await requireDocker(), runId);
}
