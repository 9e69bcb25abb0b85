/**
 * How often the comparison of builds is wrong, and how soon it finds what is there: decisions on real pairs of identical builds from this
 * machine, drawn anew, beside what is usually done instead. Writes docs/calibration.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import type { Thresholds } from '../harness/model/thresholds.ts';
import { paperPalette } from '../harness/report/charts/palette.ts';
import { renderChart } from '../harness/report/charts/render-chart.ts';
import { seededRandom } from '../harness/statistics/seeded-random.ts';
import { BadArguments, readConditions } from './bad-arguments.ts';
import {
  type Calibration,
  type CalibrationRow,
  type LiveDecision,
  readCalibration,
} from './calibration/calibration.ts';
import { calibrationLines } from './calibration/calibration-table.ts';
import { asRecorded } from './calibration/as-recorded.ts';
import { decideMany } from './calibration/decide-many.ts';
import { type Conditions, calibrationFiles } from './calibration/files.ts';
import { methodFingerprint } from './calibration/fingerprint.ts';
import { everBroken } from './calibration/judge-together.ts';
import { liveDecision } from './calibration/live-decision.ts';
import { otherMethods } from './calibration/other-methods.ts';
import { powerChart } from './calibration/power-chart.ts';
import { type RecordedBlock, readRecording } from './calibration/recording.ts';
import { readThresholds } from './calibration/read-thresholds.ts';
import { redraw } from './calibration/redraw.ts';
import { signoffMethods } from './calibration/signoff-methods.ts';
import { blockSeconds, inTimeBlocks, summariseOutcomes } from './calibration/summarise-outcomes.ts';

const effects = [0, 0.02, 0.03, 0.05, 0.1, 0.2];
const decisionsAlike = 500;
const decisionsApart = 200;
/** Five minutes of load. */
const atMost = 50;

/** `calibrate [--conditions quiet|disturbed] [--live RUN]...`: both without it; live decisions belong to one. */
export async function calibrate(print: (line: string) => void, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { live: { type: 'string', multiple: true, default: [] }, conditions: { type: 'string' } },
    allowPositionals: true,
  });
  const runs = [...values.live, ...positionals];
  if (runs.length > 0 && values.conditions === undefined)
    throw new BadArguments('live decisions were made under one of the conditions: name it with --conditions');
  for (const of of readConditions(values.conditions)) await calibrateUnder(of, runs, print);
}

async function calibrateUnder(of: Conditions, runs: string[], print: (line: string) => void): Promise<void> {
  const recording = await readRecording(calibrationFiles(of).recording);
  const thresholds = await readThresholds();
  const fingerprint = await methodFingerprint(thresholds);
  const rows = measureRows(recording, thresholds);
  const pairs = recording.map(({ endpoint }) => endpoint.length);
  const calibration: Calibration = {
    schemaVersion: 2,
    conditions: of,
    fingerprint,
    recordedBlocks: recording.length,
    recordedPairs: pairs.reduce((total, count) => total + count, 0),
    blockSeconds,
    pairsOfBlock: [Math.min(...pairs), Math.max(...pairs)],
    asRecorded: asRecorded(recording),
    together: measureTogether(recording, thresholds),
    rows,
    live: await liveDecisions(await readCalibration(of), runs, { fingerprint, thresholds }),
  };
  calibrationLines(calibration).forEach(print);
  await writeCalibration(calibration);
}

function measureRows(recording: readonly RecordedBlock[], thresholds: Thresholds): CalibrationRow[] {
  const { 'CMP-MEDIAN': median, 'CMP-TAIL': tail } = thresholds.claims;
  const others = otherMethods({ blocks: inTimeBlocks, error: { median: median.falseAlarm, tail: tail.falseAlarm } });
  return [...signoffMethods(thresholds), ...others].flatMap((method) =>
    effects.map((share, seed) => {
      const effect = { on: method.gate === 'median' ? ('all' as const) : ('tail' as const), share };
      const decisions = share === 0 ? decisionsAlike : decisionsApart;
      return summariseOutcomes(method, share, decideMany({ recording, method, effect, decisions, atMost, seed }));
    }),
  );
}

function measureTogether(recording: readonly RecordedBlock[], thresholds: Thresholds): Calibration['together'] {
  const broken = Array.from({ length: decisionsAlike }, (_, seed) => {
    const next = redraw({ recording, effect: { on: 'all', share: 0 }, random: seededRandom(1_000_000 + seed) });
    return everBroken(next, thresholds, atMost);
  });
  return { decisions: decisionsAlike, broken: broken.filter(Boolean).length };
}

/** Those of an earlier calibration are kept while the method is the same: their run folders may be gone. */
async function liveDecisions(
  committed: Calibration | null,
  runs: string[],
  { fingerprint, thresholds }: { fingerprint: string; thresholds: Thresholds },
): Promise<LiveDecision[]> {
  const kept = committed?.fingerprint === fingerprint ? committed.live : [];
  const added: LiveDecision[] = [];
  for (const run of runs) added.push(await liveDecision(run, thresholds));
  const ids = new Set(added.map(({ runId }) => runId));
  return [...kept.filter(({ runId }) => !ids.has(runId)), ...added];
}

async function writeCalibration(calibration: Calibration): Promise<void> {
  const { result, table, chart } = calibrationFiles(calibration.conditions);
  await mkdir(path.dirname(result), { recursive: true });
  const pretty = (text: string, filepath: string) => format(text, { filepath, printWidth: 120 });
  await writeFile(result, await pretty(JSON.stringify(calibration), result));
  const images = (['median', 'tail'] as const).map((gate) => `![${gate}](${path.basename(chart(gate))})`);
  const text = [...calibrationLines(calibration), '', ...images, ''].join('\n');
  await writeFile(table, await pretty(text, table));
  for (const gate of ['median', 'tail'] as const) {
    const { source } = await renderChart(powerChart(calibration.rows, gate));
    // Outside a page nothing sets the paper, and ink on a dark one would not be read.
    const paper = `<rect width="100%" height="100%" fill="${paperPalette.paper}"/>`;
    await writeFile(chart(gate), `${source.replace(/^(<svg[^>]*>)/, `$1${paper}`)}\n`);
  }
}
