/**
 * How much load and how many requests it takes to find +5 % at the median in 99 of 100 comparisons, and +20 % at the p99 in 95 of 100, against
 * a sequential two-sample Mann–Whitney test with the same error: on two runs, and on the interleaved requests of the comparison itself.
 */
import { parseArgs } from 'node:util';
import { readConditions } from './bad-arguments.ts';
import { seededRandom } from '../harness/statistics/seeded-random.ts';
import { readThresholds } from './calibration/read-thresholds.ts';
import { type Outcome, decideMany, requestsOf } from './calibration/decide-many.ts';
import { calibrationFiles } from './calibration/files.ts';
import type { Method } from './calibration/method.ts';
import { otherMethods } from './calibration/other-methods.ts';
import { type RecordedBlock, readRecording } from './calibration/recording.ts';
import { type Effect, redraw } from './calibration/redraw.ts';
import { signoffMethods } from './calibration/signoff-methods.ts';
import { blockSeconds, inTimeBlocks } from './calibration/summarise-outcomes.ts';
import { decideTwoRuns } from './calibration/two-runs.ts';

const goals = {
  median: { effect: { on: 'all', share: 0.05 }, found: 0.99, title: '+5 % at the median, 99 of 100' },
  tail: { effect: { on: 'tail', share: 0.2 }, found: 0.95, title: '+20 % at the p99, 95 of 100' },
} as const satisfies Record<Method['gate'], { effect: Effect; found: number; title: string }>;

const decisions = 300;
/** Of the tests that need more: 50 min of load, beyond which nobody waits. */
const mostBlocks = 500;

/** `decide [--conditions quiet|disturbed]`: both without it. */
export async function decide(print: (line: string) => void, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { conditions: { type: 'string' } } });
  for (const of of readConditions(values.conditions)) {
    print(`Pairs recorded on a ${of} machine`);
    await decideOn(await readRecording(calibrationFiles(of).recording), print);
  }
}

async function decideOn(recording: readonly RecordedBlock[], print: (line: string) => void): Promise<void> {
  const { claims } = await readThresholds();
  const error = { median: claims['CMP-MEDIAN'].falseAlarm, tail: claims['CMP-TAIL'].falseAlarm };
  const methods = [...signoffMethods({ claims }), ...otherMethods({ blocks: inTimeBlocks, error })];
  for (const gate of ['median', 'tail'] as const) {
    const { effect, found, title } = goals[gate];
    const outcomesOf = (id: string, atMost: number) => {
      const method = methods.find((one) => one.id === id && one.gate === gate);
      if (method === undefined) throw new Error(`no method ${id}`);
      return decideMany({ recording, method, effect, decisions, atMost, seed: 77 });
    };
    print(`${title} (chance of a false alarm ${error[gate]})`);
    const own = need(outcomesOf('signoff', inTimeBlocks.tail), found);
    const inTime = outcomesOf('signoff', inTimeBlocks[gate]).filter(({ decision }) => decision === 'broken').length;
    const within = `${((100 * inTime) / decisions).toFixed(1)} % within ${inTimeBlocks[gate] * blockSeconds} s`;
    print(`  signoff                        ${needText(own)}; ${within}`);
    const apart = need(twoRunOutcomes(recording, { gate, effect, error: error[gate] }), found);
    const tried = (mostBlocks / recording.length) * recording.reduce((total, block) => total + requestsOf(block), 0);
    print(`  Mann–Whitney, two runs         ${needText(apart)}; ${ratioText(own, apart, tried)}`);
    const interleaved = need(outcomesOf('mann-whitney', mostBlocks), found);
    print(`  Mann–Whitney, interleaved      ${needText(interleaved)}; ${ratioText(own, interleaved, tried)}`);
  }
}

interface Need {
  blocks: number;
  requests: number;
}

/** Until the wanted share of all comparisons was called slower; null where it never was. */
function need(outcomes: readonly Outcome[], found: number): Need | null {
  const sorted = outcomes.filter(({ decision }) => decision === 'broken').toSorted((a, b) => a.requests - b.requests);
  return sorted[Math.ceil(found * outcomes.length) - 1] ?? null;
}

function twoRunOutcomes(
  recording: readonly RecordedBlock[],
  { gate, effect, error }: { gate: Method['gate']; effect: Effect; error: number },
): Outcome[] {
  return Array.from({ length: decisions }, (_, index) => {
    const next = (seed: number) => redraw({ recording, effect, random: seededRandom(seed) });
    const [nextOfBase, nextOfCandidate] = [next(500_000 + index), next(900_000 + index)];
    return decideTwoRuns({ nextOfBase, nextOfCandidate, gate, error, atMost: mostBlocks });
  });
}

function needText(wanted: Need | null): string {
  if (wanted === null) return 'not found so often in all the load that was tried';
  return `${wanted.blocks * blockSeconds} s of load, ${Math.round(wanted.requests).toLocaleString('en-US')} requests`;
}

/** `tried`: requests after which the other was given up. */
function ratioText(own: Need | null, other: Need | null, tried: number): string {
  if (own === null) return 'no ratio';
  const share = (requests: number) => `${(own.requests / requests).toFixed(2)} of its requests`;
  return other === null ? `signoff needs less than ${share(tried)}` : `signoff needs ${share(other.requests)}`;
}
