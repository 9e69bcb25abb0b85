/** The Compose file of a block's services: each the service of docker-compose.yml, in another arm, on its slot's port. */
import path from 'node:path';
import { type Arm, modeOfArm } from '../../model/experiment.ts';
import { databaseRoles, rolePasswordFile, roleOfArm } from '../service/service-names.ts';
import { repositoryFolder } from '../service/service-program.ts';
import { composeFile } from './compose-model.ts';

export interface SlotService {
  arm: Arm;
  slot: number;
  /** On loopback. */
  port: number;
  image: string;
  /** Win over what docker-compose.yml says. */
  variables: Record<string, string>;
}

export interface ServicesFileOptions {
  services: readonly SlotService[];
  /** The project whose network and secrets they use. */
  system: string;
}

/** Where docker-compose.yml mounts the tree of secrets. */
export const SECRETS = '/run/alphapulse';

export const slotName = (slot: number): string => `slot-${slot}`;

/**
 * They are a project of their own, so that one that cannot start takes nothing else along. JSON is YAML; the tags `!override`
 * and `!reset` (Compose specification, "Merge") are the only YAML in it.
 */
export function describeArms({ services, system }: ServicesFileOptions): string {
  const base = JSON.stringify(path.join(repositoryFolder, composeFile));
  const blocks = services.map(({ arm, slot, port, image, variables }) => {
    const environment = {
      ALPHAPULSE_RLS_MODE: modeOfArm[arm],
      ALPHAPULSE_DATABASE_USER: roleOfArm[arm],
      ALPHAPULSE_DATABASE_PASSWORD_FILE: path.posix.join(SECRETS, rolePasswordFile(roleOfArm[arm])),
      ...variables,
    };
    return `  ${slotName(slot)}:
    extends: { file: ${base}, service: service }
    image: ${JSON.stringify(image)}
    depends_on: !reset null
    pull_policy: never
    ports: !override ["127.0.0.1:${port}:8080"]
${roleOfArm[arm] === databaseRoles.exempt ? '    volumes: ["arms-secrets:/run/alphapulse/arms:ro"]\n' : ''}    environment: ${JSON.stringify(environment)}
`;
  });
  return `services:
${blocks.join('')}networks:
  alphapulse: { name: ${JSON.stringify(`${system}_alphapulse`)}, external: true }
volumes:
  service-secrets: { name: ${JSON.stringify(`${system}_service-secrets`)}, external: true }
  arms-secrets: { name: ${JSON.stringify(`${system}_arms-secrets`)}, external: true }
`;
}
