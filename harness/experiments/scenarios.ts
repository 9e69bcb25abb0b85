/** The loads: which k6 script, and its workload. The same in every profile; profiles differ in how long and how often. */
import type { Scenario } from '../model/scenario.ts';

const thinkTimeMs = 1000;
const baselineUsers = 100;
const targetUsers = 500;

/** Requests per second that users with this think time offer when answers cost no time: the most that closed load would ask for. */
function offeredBy(users: number): number {
  return (users * 1000) / thinkTimeMs;
}

export const scenarios = {
  baseline: {
    id: 'baseline',
    title: 'Baseline: 100 users with think time',
    script: 'baseline.ts',
    workload: { kind: 'closed', users: baselineUsers, thinkTimeMs },
  },
  target: {
    id: 'target',
    title: 'Target: 500 users with think time',
    script: 'target.ts',
    workload: { kind: 'closed', users: targetUsers, thinkTimeMs },
  },
  baselineOpen: {
    id: 'baseline-open',
    title: 'Baseline rate as open load',
    script: 'baseline-open.ts',
    workload: { kind: 'open', ratePerSecond: offeredBy(baselineUsers) },
  },
  targetOpen: {
    id: 'target-open',
    title: 'Target rate as open load',
    script: 'target-open.ts',
    workload: { kind: 'open', ratePerSecond: offeredBy(targetUsers) },
  },
  /** 40 per second to each of three arms: seldom two at a time, so that an arm waits for no other arm's work. */
  rlsCost: {
    id: 'rls-cost',
    title: 'Cost of row-level security: the same request to three arms',
    script: 'rls-cost.ts',
    workload: { kind: 'open', ratePerSecond: 40 },
  },
  /** To each of two builds; in the last fifth of a block bursts of eight instead: 90 requests a second to each, over all. */
  compare: {
    id: 'compare',
    title: 'Two builds of the service: the same request to both',
    script: 'compare.ts',
    // Four fifths singles, and of the last fifth every fifth a burst.
    workload: { kind: 'open', ratePerSecond: 100, askingShare: 0.84 },
  },
  crossCheck: {
    id: 'cross-check',
    title: 'Cross-check: one request, by k6 and by a second generator',
    script: 'cross-check.ts',
    workload: { kind: 'open', ratePerSecond: 40 },
  },
  isolation: {
    id: 'isolation',
    title: 'Isolation: probes under load',
    script: 'isolation.ts',
    workload: { kind: 'closed', users: 10, thinkTimeMs: 100 },
  },
} as const satisfies Record<string, Scenario>;
