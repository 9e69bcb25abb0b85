/** CMP-ALLOCATION: the memory that the service allocates for a request, freed since or not. */
import { costClaim } from './judge-cost.ts';

export const cmpAllocation = costClaim(
  {
    id: 'CMP-ALLOCATION',
    name: 'allocatedBytes',
    what: 'what it allocates',
    takes: 'memory',
    step: 1,
    shown: { scale: 1e-3, unit: 'kB' },
  },
  {
    title: 'A request to the candidate does not allocate more memory by more than the margin',
    failureTitle: 'A request to the candidate allocates more memory',
    why: 'What is allocated has to be collected, and the collector stops whoever asks at that moment.',
  },
);
