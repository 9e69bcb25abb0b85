/** CMP-ROWS: the rows that Postgres reads for a request. */
import { costClaim } from './judge-cost.ts';

export const cmpRows = costClaim(
  {
    id: 'CMP-ROWS',
    name: 'rowsRead',
    what: 'the rows it reads',
    takes: 'rows read',
    step: 1,
    shown: { scale: 1, unit: 'rows' },
  },
  {
    title: 'A request to the candidate does not read more rows by more than the margin',
    failureTitle: 'A request to the candidate reads more rows',
    why: 'A lost index or limit is cheap on little data, and reads the whole table on much.',
  },
);
