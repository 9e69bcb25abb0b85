/** CMP-BYTES: the bytes that the service writes for a request: answer, statements, log. */
import { costClaim } from './judge-cost.ts';

export const cmpBytes = costClaim(
  {
    id: 'CMP-BYTES',
    name: 'bytesWritten',
    what: 'what it writes',
    takes: 'bytes written',
    step: 1,
    shown: { scale: 1e-3, unit: 'kB' },
  },
  {
    title: 'A request to the candidate does not write more bytes by more than the margin',
    failureTitle: 'A request to the candidate writes more bytes',
    why: 'Answers that grow cost every caller, and a limit that is lost shows here first.',
  },
);
