/** Evidence of a live comparison of two builds for tests: paired requests, bursts, costs; alike unless a test makes the candidate worse. */
import { compareProfile } from '../../experiments/compare.ts';
import type { ArmCost } from '../../model/arm-cost.ts';
import { gathered } from '../../model/artefact.ts';
import type { Evidence, MeasuredBlock } from '../../model/claim.ts';
import { seededRandom } from '../../statistics/seeded-random.ts';
import { buildBlock, measuredFromMs } from './build-block.ts';
import { buildEvidence, testProfile } from './build-evidence.ts';
import { type SampleRow, exponentialMs } from './sample-rows.ts';

const endpoints = ['exposure.get', 'orders.create', 'portfolios.list', 'trades.list'];
const tenants = 20;
const pairsPerBlock = 400;
const burstEvery = 20;
const burstRequests = 8;

/** A request of the candidate before its latency is known to be what it is. */
export interface DrawnRequest {
  durationMs: number;
  endpoint: string;
  tenant: number;
  random: () => number;
}

export interface ComparedRun {
  blocks?: number;
  seed?: number;
  /** What becomes of the candidate's latency. */
  candidateMs?: (request: DrawnRequest) => number;
  /** What becomes of its status. */
  candidateStatus?: (random: () => number) => number;
  /** What becomes of the candidate's costs in a block. */
  candidateCost?: (cost: ArmCost, block: number) => ArmCost;
}

const [experiment] = compareProfile({ tenants }).experiments;
if (experiment === undefined) throw new Error('the compare profile has no experiment');
export const comparedExperiment = experiment;

export function comparedRun(run: ComparedRun = {}): Evidence {
  const blocks = Array.from({ length: run.blocks ?? 20 }, (_, block) => comparedBlock(run, block));
  return {
    ...buildEvidence(Object.fromEntries(testProfile.experiments.map(({ id }) => [id, []]))),
    experiments: [comparedExperiment],
    blocks,
  };
}

function comparedBlock(run: ComparedRun, block: number): MeasuredBlock {
  const random = seededRandom((run.seed ?? 1) * 1000 + block);
  const built = buildBlock({ experiment: comparedExperiment, block, rows: comparedRows(run, random) });
  const { candidateCost = (cost) => cost } = run;
  built.measurement.artefacts.costs = gathered([
    drawCost('base', random),
    candidateCost(drawCost('candidate', random), block),
  ]);
  return built;
}

function comparedRows({ candidateMs, candidateStatus }: ComparedRun, random: () => number): SampleRow[] {
  // A process is a little quicker or slower for as long as it lives.
  const luck = { base: 1 + 0.01 * (random() - 0.5), candidate: 1 + 0.01 * (random() - 0.5) };
  return Array.from({ length: pairsPerBlock }, (_, pair) => {
    const burst = pair % burstEvery === 0;
    const endpoint = burst ? 'burst' : (endpoints[Math.floor(random() * endpoints.length)] ?? '');
    const tenant = Math.floor(random() * tenants);
    const typicalMs = burst ? 12 : 2 + endpoint.length / 8;
    const arms = random() < 0.5 ? (['base', 'candidate'] as const) : (['candidate', 'base'] as const);
    return arms.flatMap((arm, place) =>
      Array.from({ length: burst ? burstRequests : 1 }, () => {
        const slow = random() < 0.03 ? 5 + exponentialMs(random, 2) : 0;
        const durationMs =
          typicalMs * luck[arm] * Math.exp(0.3 * (random() + random() - 1)) * (place === 0 ? 1.1 : 1) + slow;
        const changed = arm === 'candidate' ? candidateMs?.({ durationMs, endpoint, tenant, random }) : undefined;
        return {
          startedAtMs: measuredFromMs + pair * 12 + place * 5,
          durationMs: changed ?? durationMs,
          status: arm === 'candidate' ? (candidateStatus?.(random) ?? 200) : 200,
          endpoint,
          arm,
          pair,
          tenant,
          setup: false,
        };
      }),
    );
  }).flat();
}

function drawCost(arm: ArmCost['arm'], random: () => number): ArmCost {
  const requests = pairsPerBlock * (1 + (burstRequests - 1) / burstEvery);
  return {
    arm,
    requests,
    cpuSeconds: requests * 0.0015 * (1 + 0.08 * (random() - 0.5)),
    allocatedBytes: requests * 90_000 * (1 + 0.03 * (random() - 0.5)),
    bytesWritten: requests * 4_000 * (1 + 0.004 * (random() - 0.5)),
    statements: requests * 3,
    rowsRead: Math.round(requests * 40 * (1 + 0.01 * (random() - 0.5))),
    poolWaits: random() < 0.1 ? 1 : 0,
    poolWaitingMax: random() < 0.1 ? 1 : 0,
    connectionsInUseAtEnd: 0,
  };
}
