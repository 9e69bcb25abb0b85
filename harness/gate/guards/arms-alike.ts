/** Guard: arms that are compared are planned for alike. */
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Experiment } from '../../model/experiment.ts';
import { comparesBuilds } from './compares-builds.ts';
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

/**
 * Prepared statements as the services report them; settings of the roles (plan_cache_mode, work_mem, enable_*) as Postgres has them,
 * and of databases and tables (autovacuum) where arms have their own. Of builds that are compared, how they prepare and how large a
 * pool they open is part of what is asked: it is told, and breaks nothing.
 */
export const armsAlike: Guard = {
  id: 'arms-alike',
  title: 'Arms that prepare statements, or whose database or role is set, otherwise than the first',
  why: 'A plan that is kept against one that is made each time is a larger difference than a policy makes.',
  bound: 'at-most',
  appliesTo: ({ arms }) => arms.length > 1,
  read: ({ experiment, blocks }) => {
    for (const name of ['service', 'database', 'postgres'] as const) {
      const artefacts = readArtefact(blocks, name);
      if ('unreadable' in artefacts) return artefacts;
    }
    const states = blocks.flatMap(statesOfArms);
    const builds = comparesBuilds(experiment);
    if (!builds && states.some(({ prepares }) => prepares === null)) {
      return { unreadable: 'a service does not tell whether it prepares' };
    }
    const arms = states.map(
      ({ of, prepares, settings }) => [of, builds ? settings : `${prepares}, ${settings}`] as const,
    );
    const first = arms[0]?.[1] ?? '';
    const odd = arms.filter(([, state]) => state !== first);
    const detail = odd.map(([key, state]) => `${key}: ${state}, where the first has ${first}`);
    return {
      observed: odd.length,
      ...(odd.length === 0 ? {} : { detail: detail.join('; ') }),
      ...(builds ? configurationNote(experiment, states) : {}),
    };
  },
};

interface ArmState {
  arm: string;
  of: string;
  /** null where the service does not tell. */
  prepares: string | null;
  pool: string;
  settings: string;
}

function statesOfArms({ measurement }: MeasuredBlock): ArmState[] {
  const { service, database, postgres } = measurement.artefacts;
  if (!service.ok || !database.ok || !postgres.ok) return [];
  return service.value.map(({ arm, prepared, poolMax }) => {
    const user = postgres.value.roles.find((role) => role.arm === arm)?.user;
    const own = database.value.ownDatabases?.find(({ arms }) => arms.includes(arm));
    const ofRole = (own ?? database.value).roleSettings.find((role) => role.user === user)?.settings ?? '';
    const settings = [ofRole, own?.settings ?? ''].filter((part) => part !== '').join(', ');
    return {
      arm,
      of: `${arm} in block ${measurement.block}`,
      prepares: prepared === null ? null : describePreparing(prepared),
      pool: poolMax === null ? 'a pool of unknown size' : `a pool of ${poolMax}`,
      settings: settings || 'no settings',
    };
  });
}

function describePreparing(prepared: boolean): string {
  return prepared ? 'prepared' : 'unprepared';
}

/** Only where it differs. */
function configurationNote({ arms }: Experiment, states: readonly ArmState[]): { note?: string } {
  const told = arms.map((arm) => {
    const seen = states.filter((state) => state.arm === arm);
    return [...new Set(seen.map(({ prepares, pool }) => `${prepares ?? 'not told whether prepared'}, ${pool}`))].join(
      ' or ',
    );
  });
  if (new Set(told).size < 2) return {};
  return {
    note: `What the builds do differently: ${arms.map((arm, index) => `${arm} ${told[index] ?? ''}`).join('; ')}`,
  };
}
