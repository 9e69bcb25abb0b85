/** Guard: a comparison of arms was not one of vacuum with itself. */
import type { DatabaseState } from '../../model/guarded-facts.ts';
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

/**
 * Vacuum belongs to production, and the arms of a pair meet it alike where they share a database, or where it is at work in a third one: it
 * makes a comparison blunt, not false. So it may be there, but not most of the time. Where arms have databases of their own, one that is
 * vacuumed for longer than the other is slower for that alone: then what only one of them met counts too, as a share of what any of them
 * met. Claims of one arm are left alone: what vacuum costs them is theirs to bear.
 */
export const autovacuum: Guard = {
  id: 'autovacuum',
  title: 'Looks at which autovacuum was at work, while arms were compared',
  why: 'Vacuum and analyse cost every arm the same, and beside them the difference between the arms is lost; in the database of one arm alone they are a difference that no build made.',
  bound: 'at-most',
  appliesTo: ({ arms }) => arms.length > 1,
  read: ({ blocks }) => {
    const databases = readArtefact(blocks, 'database');
    if ('unreadable' in databases) return databases;
    const looks = databases.values.reduce((sum, database) => sum + database.looks, 0);
    const seen = databases.values.reduce((sum, database) => sum + database.autovacuumLooks, 0);
    if (looks === 0) return { unreadable: 'nobody looked' };
    const byArms = looksByArms(databases.values);
    const each = [...byArms].map(([arms, count]) => `${arms}: ${count}`).join(', ');
    return {
      observed: Math.max((seen / looks) * 100, onOneSide([...byArms.values()], looks)),
      detail: `${seen} of ${looks} looks${each === '' ? '' : `; in their own databases ${each}`}`,
    };
  },
};

/** A worker that analyses a table visits one database after the other, a second or so in each: so little may fall on one alone. */
const fewLooks = 2;
const fewOfLooks = 0.02;

/** Per cent of the looks at databases with a worker that the others did not have; 0 where it is next to nothing. */
function onOneSide(counts: readonly number[], looks: number): number {
  if (counts.length < 2) return 0;
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (most - least <= Math.max(fewLooks, fewOfLooks * looks)) return 0;
  return ((most - least) / (most + least)) * 100;
}

/** Of arms with databases of their own; empty where they share one, or where the run does not tell. */
function looksByArms(states: readonly DatabaseState[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { arms, autovacuumLooks } of states.flatMap(({ ownDatabases = [] }) => ownDatabases)) {
    if (autovacuumLooks === undefined) continue;
    const whose = arms.join(' and ');
    counts.set(whose, (counts.get(whose) ?? 0) + autovacuumLooks);
  }
  return counts;
}
