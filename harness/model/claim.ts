/** An architectural claim: where it comes from, what evidence it requires, and the pure function that judges it. */
import type { Experiment } from './experiment.ts';
import type { Environment } from './environment.ts';
import type { Judgement } from './finding.ts';
import type { RecordedKillMatrix } from './kill-matrix.ts';
import type { ArtefactName, Measurement } from './measurement.ts';
import type { Prerequisite } from './run-record.ts';
import type { SampleTable } from './samples.ts';
import type { ClaimId, GuardId, Thresholds } from './thresholds.ts';

/** One measured block and its samples (null where the artefact is missing or unreadable). */
export interface MeasuredBlock {
  measurement: Measurement;
  samples: SampleTable | null;
}

/** Everything that was measured in a run; all that a judge may look at. */
export interface Evidence {
  environment: Environment;
  experiments: Experiment[];
  blocks: MeasuredBlock[];
  prerequisites: Prerequisite[];
  /** From the first process started to every health check green, ms. */
  environmentReadyMs: number;
  /** Whether the probes were seen to see, when the run ended; absent in runs of earlier versions. */
  killMatrix?: RecordedKillMatrix;
}

export interface Claim {
  id: ClaimId;
  title: string;
  /** The limit that the claims register states; null where it states none. A policy may be stricter or looser, and then it is said. */
  promised: number | null;
  failureTitle: string;
  why: string;
  /** Rows of the claims register, for instance ['AC-2', 'LAT-500', 'RIS-001']. */
  source: string[];
  /** The experiment whose measurements it needs; null where it needs none. */
  experimentId: string | null;
  requires: ArtefactName[];
  /** What was seen stays seen, however bad the run: a leak in an invalid run is a leak. True for the security claims, and for failures of a build. */
  decidesInInvalidRun: boolean;
  /** Guards whose failure leaves a `broken` standing, in its own experiment: what makes them fail can hide a defect, and not show one that is not there. */
  brokenDespite?: readonly GuardId[];
  judge(evidence: Evidence, thresholds: Thresholds): Judgement;
}

/** A claim and what its judge found. */
export interface JudgedClaim {
  claim: Claim;
  judgement: Judgement;
}

/** Claims about a number of tenants: they are judged at exactly that number. */
export const tenantsOfClaim: Partial<Record<ClaimId, number>> = {
  'LAT-100T': 100,
  'LAT-1KT': 1_000,
  'LAT-10KT': 10_000,
};

export type { Prerequisite };
