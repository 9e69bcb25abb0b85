/** The calibration as a table: for the terminal and, the same text, for the documentation. */
import { clopperPearson } from '../../harness/statistics/clopper-pearson.ts';
import { regressions } from '../../harness/faults/regressions.ts';
import type { Calibration, CalibrationRow } from './calibration.ts';

const machines = {
  quiet: 'a machine left alone',
  disturbed: 'the same machine, while others took up to a quarter of its time',
} as const satisfies Record<Calibration['conditions'], string>;

const gates = {
  median: 'median: every request of the candidate slowed down',
  tail: 'p99: only what is over the 95th percentile of its block',
};

export function calibrationLines(calibration: Calibration): string[] {
  const { conditions, recordedBlocks, recordedPairs, together, rows, live, blockSeconds, pairsOfBlock } = calibration;
  return [
    `# Calibration: ${machines[conditions]}`,
    '',
    `Drawn anew from ${recordedPairs} real pairs in ${recordedBlocks} blocks of two identical builds; a block is ${blockSeconds} s of load and ${pairsOfBlock.join(' to ')} pairs. [ ]: Clopper–Pearson, each bound at 95 %.`,
    '',
    '"Called slower": surely over the limit of the claim (thresholds.json). "Holds": surely not slower by more than its margin, 5 % at the median and 20 % in the tail; so a smaller effect may rightly hold. Methods without a margin never hold, or hold whatever they do not call slower.',
    '',
    asRecordedLine(calibration),
    '',
    `Identical builds, every claim about latency and CPU, looked at to 50 blocks and never stopped: ${shareText(together.broken, together.decisions)} called slower.`,
    ...(['median', 'tail'] as const).flatMap((gate) => ['', `## ${gates[gate]}`, '', ...rowLines(rows, gate)]),
    '',
    '## Live',
    '',
    ...liveLines(live),
  ];
}

/** Redrawing exchanges the arms by lot: it takes for granted that neither side is favoured. This does not. */
function asRecordedLine({ asRecorded: { mean, standardError, deviation } }: Calibration): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  return `As recorded, with no arms exchanged, the candidate’s median differs by ${percent(mean)} with a standard error of ${percent(standardError)} (${percent(deviation)} from block to block).`;
}

function rowLines(rows: readonly CalibrationRow[], gate: CalibrationRow['gate']): string[] {
  const cells = rows
    .filter((row) => row.gate === gate)
    .map((row) => [
      row.title,
      row.effect === 0 ? 'none' : `+${Math.round(100 * row.effect)} %`,
      shareText(row.broken, row.decisions),
      `${((100 * row.brokenInTime) / row.decisions).toFixed(1)} %`,
      secondsText(row.secondsToBroken.half),
      secondsText(row.secondsToBroken.most),
      `${((100 * row.holds) / row.decisions).toFixed(1)} %`,
      secondsText(row.secondsToHold),
    ]);
  const inTime = gate === 'median' ? 'in 60 s' : 'in 5 min';
  const head = ['method', 'effect', 'called slower', inTime, 'half by', '95 % by', 'holds', 'half hold by'];
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`);
}

function liveLines(live: Calibration['live']): string[] {
  if (live.length === 0) return ['No live decisions yet: `npm run bench -- calibrate --live RUN...`'];
  const cells = live.map(({ runId, candidate, broken, open, blocks, requests }) => [
    runId,
    candidate,
    broken.join(', ') || '–',
    open.join(', ') || '–',
    String(blocks),
    String(requests),
  ]);
  const identical = live.filter(({ candidate }) => candidate === 'identical');
  const alarms = identical.filter(({ broken }) => broken.length > 0).length;
  const head = ['run', 'candidate', 'called slower', 'open', 'blocks', 'requests'];
  const planted = live.flatMap(({ candidate, broken }) => {
    const claim = regressions.find(({ id }) => id === candidate)?.claim;
    return claim === undefined ? [] : [broken.includes(claim)];
  });
  return [
    `${live.length} live decisions, ${identical.length} of identical builds, of which ${shareText(alarms, identical.length)} called slower. Of ${planted.length} planted regressions ${planted.filter(Boolean).length} were found by the claim that must find them.`,
    '',
    ...[head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`),
  ];
}

function shareText(successes: number, trials: number): string {
  if (trials === 0) return 'none';
  const [low, high] = clopperPearson({ successes, trials, confidence: 0.95 });
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${successes} of ${trials}, ${percent(successes / trials)} % [${percent(low)}, ${percent(high)}]`;
}

function secondsText(seconds: number | null): string {
  return seconds === null ? '–' : `${seconds} s`;
}
