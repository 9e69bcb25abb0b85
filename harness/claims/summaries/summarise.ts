/** Evidence → the parts of a Result that are shown beside the findings. */
import type { Evidence } from '../../model/claim.ts';
import type { Result } from '../../model/result.ts';
import { probeRows } from '../probe-rows.ts';
import { containerSummaries } from './container-summaries.ts';
import { loginSummary } from './login-summary.ts';
import { processSummaries } from './process-summaries.ts';
import { scenarioSummary } from './scenario-summary.ts';

export type Summaries = Pick<Result, 'scenarios' | 'isolation' | 'logins' | 'processes' | 'containers'>;

/** Experiments of which nothing was measured have no summary. */
export function summarise(evidence: Evidence): Summaries {
  const scenarios = evidence.experiments.flatMap((experiment) => {
    const blocks = evidence.blocks.filter(({ measurement }) => measurement.experimentId === experiment.id);
    return blocks.length === 0 ? [] : [scenarioSummary(experiment, blocks)];
  });
  return {
    scenarios,
    isolation: isolationSummary(evidence),
    logins: loginSummary(evidence),
    processes: processSummaries(evidence),
    containers: containerSummaries(evidence),
  };
}

function isolationSummary(evidence: Evidence): Result['isolation'] {
  const rows = probeRows(evidence).map(
    ({ claim, layer, probe, probes, leaks, undecided, decidedControls, controlFailures, examples }) => {
      return {
        claim,
        ...(layer === undefined ? {} : { layer }),
        probe,
        probes,
        leaks,
        undecided,
        // One without an answer that decides was not let in.
        controls: decidedControls,
        controlFailures,
        examples,
      };
    },
  );
  return {
    probes: rows.reduce((total, row) => total + row.probes, 0),
    leaks: rows.reduce((total, row) => total + row.leaks, 0),
    rows,
    mutants: (evidence.killMatrix?.matrix?.mutants ?? []).map(({ id, layer, outcome }) => ({ id, layer, outcome })),
    ...(evidence.killMatrix === undefined ? {} : { matrix: evidence.killMatrix }),
  };
}
