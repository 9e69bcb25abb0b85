/** Guard: arms that are compared are planned for alike. */
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

/** Prepared statements as the services report them, settings of the roles (plan_cache_mode, work_mem, enable_*) as Postgres has them. */
export const armsAlike: Guard = {
  id: 'arms-alike',
  title: 'Arms that prepare statements, or whose database role is set, otherwise than the first',
  why: 'A plan that is kept against one that is made each time is a larger difference than a policy makes.',
  bound: 'at-most',
  appliesTo: ({ arms }) => arms.length > 1,
  read: ({ blocks }) => {
    for (const name of ['service', 'database', 'postgres'] as const) {
      const artefacts = readArtefact(blocks, name);
      if ('unreadable' in artefacts) return artefacts;
    }
    const arms = new Map(blocks.flatMap(statesOfArms));
    if ([...arms.values()].includes(null)) return { unreadable: 'a service does not tell whether it prepares' };
    const [first = ''] = arms.values();
    const odd = [...arms].filter(([, state]) => state !== first);
    const detail = odd.map(([key, state]) => `${key}: ${state}, where the first has ${first}`);
    return { observed: odd.length, ...(odd.length === 0 ? {} : { detail: detail.join('; ') }) };
  },
};

function statesOfArms({ measurement }: MeasuredBlock): [armOfBlock: string, state: string | null][] {
  const { service, database, postgres } = measurement.artefacts;
  if (!service.ok || !database.ok || !postgres.ok) return [];
  return service.value.map(({ arm, prepared }) => {
    const user = postgres.value.roles.find((role) => role.arm === arm)?.user;
    const settings = database.value.roleSettings.find((role) => role.user === user)?.settings ?? '';
    const state = `${prepared === true ? 'prepared' : 'unprepared'}, ${settings || 'no settings'}`;
    return [`${arm} in block ${measurement.block}`, prepared === null ? null : state];
  });
}
