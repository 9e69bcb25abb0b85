/** CMP-STATEMENTS: the SQL statements of a request. */
import { costClaim } from './judge-cost.ts';

export const cmpStatements = costClaim(
  {
    id: 'CMP-STATEMENTS',
    name: 'statements',
    what: 'its SQL statements',
    takes: 'SQL statements',
    step: 1,
    shown: { scale: 1, unit: 'statements' },
  },
  {
    title: 'A request to the candidate does not send more SQL statements by more than the margin',
    failureTitle: 'A request to the candidate sends more SQL statements',
    why: 'An added query is a round trip that a quick test database hides and a distant one does not.',
  },
);
