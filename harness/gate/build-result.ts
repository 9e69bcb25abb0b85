/** Everything that was judged, guarded and summed up → the Result of a run. Pure: the time of judging is passed in. */
import { type Evidence, type JudgedClaim, tenantsOfClaim } from '../model/claim.ts';
import { type Result, resultSchemaVersion } from '../model/result.ts';
import type { RunConfig } from '../model/run-config.ts';
import type { ClaimId, Thresholds } from '../model/thresholds.ts';
import { gate } from './gate.ts';
import { readGuards } from './guards/read-guards.ts';
import { invalidateFinding } from './invalidate-finding.ts';
import { toFinding } from './to-finding.ts';

export interface ResultParts {
  config: RunConfig;
  evidence: Evidence;
  thresholds: Thresholds;
  /** From harness/claims/judge-claims.ts. */
  judged: readonly JudgedClaim[];
  /** From harness/claims/summaries/summarise.ts. */
  summaries: Pick<Result, 'scenarios' | 'isolation' | 'logins' | 'processes' | 'containers'>;
  phases: Result['phases'];
  incomplete: string | null;
  /** The newest of this machine when the run ended. */
  selftest?: Result['selftest'];
  judgedAt: string;
}

export function buildResult(parts: ResultParts): Result {
  const { config, evidence, thresholds, judged, incomplete } = parts;
  const tenants = evidence.environment.tenants;
  const validity = readGuards(evidence, thresholds);
  const findings = judged.map((one) =>
    invalidateFinding(toFinding(one, { profile: config.profile, tenants, thresholds }), one.claim, validity),
  );
  const gates = config.profile.gates.filter((id) => (tenantsOfClaim[id as ClaimId] ?? tenants) === tenants);
  const decision = gate({ findings, validity, gates, incomplete, plantedDefect: config.plantedDefect });
  return {
    schemaVersion: resultSchemaVersion,
    runId: config.runId,
    startedAt: config.startedAt,
    judgedAt: parts.judgedAt,
    ...decision,
    profile: config.profile.id,
    plantedDefect: config.plantedDefect,
    ...(config.comparison === undefined ? {} : { comparison: config.comparison }),
    environment: evidence.environment,
    environmentReadyMs: evidence.environmentReadyMs,
    prerequisites: evidence.prerequisites,
    validity,
    scenarios: parts.summaries.scenarios,
    findings,
    isolation: parts.summaries.isolation,
    logins: parts.summaries.logins,
    processes: parts.summaries.processes,
    containers: parts.summaries.containers,
    phases: [...parts.phases],
    incomplete,
    ...(parts.selftest === undefined ? {} : { selftest: parts.selftest }),
  };
}
