/** Everything that was judged, guarded and summed up → the Result of a run. Pure: the time of judging is passed in. */
import type { Evidence, JudgedClaim } from '../model/claim.ts';
import { type Result, resultSchemaVersion } from '../model/result.ts';
import type { RunConfig } from '../model/run-config.ts';
import type { JudgedGate } from '../model/policy-gate.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { gateFinding } from './gate-finding.ts';
import { applyGuardLevels } from './guard-levels.ts';
import { readGuards } from './guards/read-guards.ts';
import { invalidateFinding } from './invalidate-finding.ts';
import { judgeVerdict } from './judge-verdict.ts';
import { reasonsOfPolicy, softened, switchedOff } from './switched-off.ts';
import { toFinding } from './to-finding.ts';

export interface ResultParts {
  config: RunConfig;
  evidence: Evidence;
  thresholds: Thresholds;
  /** From harness/claims/judge-claims.ts. */
  judged: readonly JudgedClaim[];
  /** From harness/claims/gates/judge-gates.ts; absent: the policy has none of its own. */
  judgedGates?: readonly JudgedGate[];
  /** SHA-256 of the policy, and of that which the run was judged with first; absent: not stored. */
  policy?: { sha256: string; firstSha256: string };
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
  const { validity, warnings } = applyGuardLevels(readGuards(evidence, thresholds), thresholds);
  const ofClaims = judged.map((one) =>
    invalidateFinding(toFinding(one, { profile: config.profile, tenants, thresholds }), one.claim, validity),
  );
  const judgedGates = parts.judgedGates ?? [];
  const findings = [...ofClaims, ...judgedGates.map((one) => gateFinding(one, validity))];
  const policy = { switchedOff: switchedOff(thresholds, judgedGates), warnings };
  const { plantedDefect } = config;
  const ofPolicy = [...reasonsOfPolicy(policy), ...softened(thresholds)];
  const decision = judgeVerdict(config, { findings, validity, incomplete, tenants }, ofPolicy);
  return {
    schemaVersion: resultSchemaVersion,
    runId: config.runId,
    startedAt: config.startedAt,
    judgedAt: parts.judgedAt,
    ...decision,
    profile: config.profile.id,
    plantedDefect,
    ...(parts.policy === undefined ? {} : { policy: { ...parts.policy, ...policy } }),
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
