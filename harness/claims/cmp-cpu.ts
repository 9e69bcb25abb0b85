/** CMP-CPU: the CPU time that the service takes for a request. */
import { costClaim } from './judge-cost.ts';

export const cmpCpu = costClaim(
  {
    id: 'CMP-CPU',
    name: 'cpuSeconds',
    what: 'its CPU time',
    takes: 'CPU time',
    step: 0.01,
    shown: { scale: 1000, unit: 'ms' },
  },
  {
    title: 'A request to the candidate does not take more CPU time by more than the margin',
    failureTitle: 'A request to the candidate takes more CPU time',
    why: 'CPU time is what the load of a full machine is made of, and it is measured more exactly than latency.',
  },
);
