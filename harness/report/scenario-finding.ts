/** The finding that sets the latency limit of a scenario. */
import type { Finding, Result, ScenarioSummary } from '../model/result.ts';

/** By the naming of the claims: scenario `target-open` is judged by `LAT-500-TARGET-OPEN`. Null where none judges it. */
export function latencyFinding(result: Result, scenario: ScenarioSummary): Finding | null {
  const id = `LAT-500-${scenario.id.toUpperCase()}`;
  return result.findings.find((finding) => finding.id === id) ?? null;
}

/** The latency limit of a scenario, ms; null where it has none. */
export function latencyLimitMs(result: Result, scenario: ScenarioSummary): number | null {
  const finding = latencyFinding(result, scenario);
  return finding?.unit === 'ms' ? finding.limit : null;
}
