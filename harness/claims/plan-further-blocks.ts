/** Which experiment to measure on, and for how many blocks, so that a gated latency claim that is still open is decided. Pure. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { Experiment } from '../model/experiment.ts';
import type { ClaimId, Thresholds } from '../model/thresholds.ts';
import { allClaims } from './all-claims.ts';
import { judgeTogether } from './judge-together.ts';
import { furtherTimeMs } from './latency-needs.ts';
import { type GatedFigures, shareConfidence } from './share-confidence.ts';

export interface FurtherBlocks {
  experimentId: string;
  blocks: number;
  /** Load of these blocks, warm-ups included. */
  loadMs: number;
  /** The open claims, each with why it is open. */
  open: { id: ClaimId; reason: string }[];
}

export interface FurtherQuestion {
  evidence: Evidence;
  thresholds: Thresholds;
  figures: GatedFigures;
  /** Load that may still be added, ms. */
  leftMs: number;
}

/** The need is estimated from what there is, and badly so from little: no more than this many times the present blocks at once. */
const mostGrowth = 4;

/** null: nothing is open that further blocks of the time that is left could help. One experiment at a time, the first of the run. */
export function planFurtherBlocks(question: FurtherQuestion): FurtherBlocks | null {
  const { evidence, leftMs } = question;
  const open = openClaims(question);
  for (const experiment of evidence.experiments) {
    const claims = open.filter(({ claim }) => claim.experimentId === experiment.id);
    const neededMs = Math.max(0, ...claims.map(({ neededMs: each }) => each));
    const blocks = blocksFor(experiment, neededMs, leftMs);
    if (claims.length === 0 || blocks < 1) continue;
    return {
      experimentId: experiment.id,
      blocks,
      loadMs: blocks * (experiment.warmUpMs + experiment.durationMs),
      open: claims.map(({ claim, reason }) => ({ id: claim.id, reason })),
    };
  }
  return null;
}

function blocksFor({ blocks, warmUpMs, durationMs }: Experiment, neededMs: number, leftMs: number): number {
  const wanted = Math.max(1, Math.ceil(neededMs / durationMs));
  return Math.min(wanted, mostGrowth * blocks, Math.floor(leftMs / (warmUpMs + durationMs)));
}

/** Latency claims that the verdict waits for and that time can decide, with the time that the next, stricter look would need. */
function openClaims({ evidence, thresholds, figures }: FurtherQuestion) {
  const next = { ...figures, looksAt: (experimentId: string) => (figures.looksAt(experimentId) ?? 0) + 1 };
  const shared = shareConfidence(thresholds, allClaims, next);
  return judgeTogether(evidence, thresholds, figures).flatMap(({ claim, judgement }) => {
    if (judgement.outcome !== 'inconclusive' || !shared.shares.has(claim.id)) return [];
    const neededMs = neededTimeMs(claim, evidence, shared.thresholds);
    return neededMs === null ? [] : [{ claim, neededMs, reason: judgement.reason }];
  });
}

function neededTimeMs({ id, experimentId }: Claim, evidence: Evidence, { claims }: Thresholds): number | null {
  const gate = claims[id];
  if (experimentId === null || !('percentile' in gate)) return null;
  return furtherTimeMs(evidence, experimentId, gate);
}
