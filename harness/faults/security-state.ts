/** Who may do what in each server behind the service, as one text: equal texts mean that nothing that mutants touch has changed. */
import type { MutantLayer } from '../model/mutant.ts';
import type { System } from '../model/system.ts';
import { postgresState } from './state/postgres-state.ts';
import { redisState } from './state/redis-state.ts';
import { vaultState } from './state/vault-state.ts';

/** The layers that are changed by their own admin interface. */
export type ServerLayer = Exclude<MutantLayer, 'service'>;

export const readLayerState: Record<ServerLayer, (system: System) => Promise<string>> = {
  postgres: postgresState,
  redis: redisState,
  vault: vaultState,
};

/** Canonical: the same rights give the same text, in whatever order they were given. Holds no secret. */
export async function securityState(system: System): Promise<string> {
  const [postgres, redis, vault] = await Promise.all([postgresState(system), redisState(system), vaultState(system)]);
  return [postgres, redis, vault].join('\n');
}

const mostLines = 20;

/** The lines that only one of two states has, `-` before and `+` after: for messages. */
export function compareStates(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const [known, present] = [new Set(old), new Set(now)];
  const gone = old.filter((line) => !present.has(line)).map((line) => `- ${line}`);
  const come = now.filter((line) => !known.has(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].slice(0, mostLines);
}
