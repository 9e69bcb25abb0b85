/** What docker-compose.yml reads from its environment when signoff runs it: our own, and what makes Compose behave the same everywhere. */
import { labelVariables } from './run-labels.ts';

export interface ComposeRun {
  id: string;
  folder: string;
  /** Its id, not its name: another clone that builds meanwhile gives the name to another image. */
  serviceImage: string;
}

/** The variables of this shell that may name images stay as they are; those that steer Compose elsewhere are taken out. */
export function composeVariables(
  run: ComposeRun | null,
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !steersCompose(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...(run === null ? {} : runVariables(run)) };
}

const runVariables = ({ id, folder, serviceImage }: ComposeRun): Record<string, string> => ({
  ...labelVariables(id, folder),
  SIGNOFF_SERVICE_IMAGE: serviceImage,
  SIGNOFF_SERVICE_PULL: 'never',
});

/** COMPOSE_FILE, COMPOSE_PROFILES and their like would change which system is started. */
const steersCompose = (name: string): boolean => name.startsWith('COMPOSE_') || name === 'SIGNOFF_PORT';
