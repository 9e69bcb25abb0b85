/** Guard: a comparison of arms was not one of vacuum with itself. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

/**
 * Vacuum belongs to production, and the arms of a pair meet it alike: it makes a comparison blunt, not false. So it may be there, but
 * not most of the time. Claims of one arm are left alone: what vacuum costs them is theirs to bear.
 */
export const autovacuum: Guard = {
  id: 'autovacuum',
  title: 'Looks at which autovacuum was at work, while arms were compared',
  why: 'Vacuum and analyse cost every arm the same: beside them the difference between the arms is lost.',
  bound: 'at-most',
  appliesTo: ({ arms }) => arms.length > 1,
  read: ({ blocks }) => {
    const databases = readArtefact(blocks, 'database');
    if ('unreadable' in databases) return databases;
    const looks = databases.values.reduce((sum, database) => sum + database.looks, 0);
    const seen = databases.values.reduce((sum, database) => sum + database.autovacuumLooks, 0);
    if (looks === 0) return { unreadable: 'nobody looked' };
    return { observed: (seen / looks) * 100, detail: `${seen} of ${looks} looks` };
  },
};
