/** Stored runs → their figures over time, by profile and kind of environment, with change points within one fingerprint. */
import { compareFingerprints } from '../baseline/compare-fingerprints.ts';
import type { History, HistoryLane, HistoryRun, StoredRun } from '../model/history.ts';
import { historySeries } from './history-series.ts';

export function buildHistory(runs: readonly StoredRun[], unread: History['unread']): History {
  const inOrder = [...runs].sort(
    (one, other) => compareTexts(one.startedAt, other.startedAt) || compareTexts(one.runId, other.runId),
  );
  const names = [...new Set(inOrder.map(laneOf))].sort(compareTexts);
  const lanes = names.map((name) => buildLane(inOrder.filter((run) => laneOf(run) === name)));
  // What was run most often is what a reader came for; the sort keeps the order of names otherwise.
  return { lanes: lanes.sort((one, other) => other.runs.length - one.runs.length), unread };
}

const laneOf = ({ profile, kind }: StoredRun): string => `${profile} ${kind}`;

const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function buildLane(stored: readonly StoredRun[]): HistoryLane {
  const runs = stored.map((run, index): HistoryRun => {
    const before = stored[index - 1];
    const { runId, startedAt, profile, kind, verdict, commit, plantedDefect, incomplete } = run;
    const differences = before === undefined ? [] : compareFingerprints(before.fingerprint, run.fingerprint);
    const about = { runId, startedAt, profile, kind, verdict, commit, plantedDefect, incomplete };
    return { ...about, number: index + 1, differences };
  });
  const breaks = runs.filter(({ differences }) => differences.length > 0).map(({ number }) => number);
  const metrics = [...new Set(stored.flatMap((run) => run.metrics.map(({ id }) => id)))];
  const first = stored[0];
  return {
    profile: first?.profile ?? '',
    kind: first?.kind ?? '',
    runs,
    series: metrics.map((metric) => historySeries(metric, stored, breaks)),
  };
}
